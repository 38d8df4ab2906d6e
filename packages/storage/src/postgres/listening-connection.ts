import { Client } from 'pg';

const CONNECT_TIMEOUT_MS = 5000;
const QUERY_TIMEOUT_MS = 5000;
/** A peer that went away without a word is noticed after this time and the query timeout. */
const HEARTBEAT_MS = 10_000;

export interface ListeningConnection {
  /** Runs LISTEN or UNLISTEN. A connection on which that fails is of no use: it ends. */
  execute(statement: string): Promise<void>;
  end(): Promise<void>;
}

export interface ListeningConnectionOptions {
  readonly databaseUrl: string;
  readonly onNotification: (channel: string, payload: string) => void;
  readonly onError: (error: Error) => void;
  /** Called once, whatever ended it. */
  readonly onEnd: () => void;
}

export async function openListeningConnection(
  options: ListeningConnectionOptions,
): Promise<ListeningConnection> {
  const client = new Client({
    connectionString: options.databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'earshot-listen',
  });
  client.on('error', options.onError);
  await client.connect();

  // A client takes one statement at a time; listeners come when they like.
  let before: Promise<unknown> = Promise.resolve();
  const execute = async (statement: string): Promise<void> => {
    const mine = before.then(() => client.query(statement));
    before = mine.catch(() => undefined);
    try {
      await mine;
    } catch (error) {
      client.connection.stream.destroy();
      throw error;
    }
  };
  const heartbeat = setInterval(() => {
    execute('select 1').catch(options.onError);
  }, HEARTBEAT_MS);
  client.on('notification', ({ channel, payload = '' }) => options.onNotification(channel, payload));
  client.on('end', () => {
    clearInterval(heartbeat);
    options.onEnd();
  });
  return { execute, end: () => client.end() };
}
