import pg from 'pg';
import { HEARTBEAT_MS, LIVE_TIMEOUT_MS } from './live-link.ts';

export interface ListeningClient {
  /** Runs LISTEN, UNLISTEN. A connection on which that fails is of no use: it ends. */
  execute(statement: string): Promise<void>;
  /** Resolves when the connection is over, whatever ended it. */
  readonly ended: Promise<void>;
  end(): void;
}

export async function openListeningClient(
  databaseUrl: string,
  onNotification: (channel: string, payload: string) => void,
  onError: (error: unknown) => void,
): Promise<ListeningClient> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: LIVE_TIMEOUT_MS,
    query_timeout: LIVE_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'earshot-live',
  });
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  client.on('error', onError);
  client.on('notification', ({ channel, payload = '' }) => onNotification(channel, payload));
  client.on('end', () => {
    clearInterval(heartbeat);
    resolve();
  });
  const destroy = (): void => {
    client.connection.stream.destroy();
  };
  // A client takes one statement at a time; watches come when they like.
  let before: Promise<unknown> = Promise.resolve();
  const execute = async (statement: string): Promise<void> => {
    const mine = before.then(() => client.query(statement));
    before = mine.catch(() => undefined);
    try {
      await mine;
    } catch (error) {
      destroy();
      throw error;
    }
  };
  const heartbeat = setInterval(() => {
    execute('select 1').catch(onError);
  }, HEARTBEAT_MS);
  try {
    await client.connect();
  } catch (error) {
    clearInterval(heartbeat);
    destroy();
    throw error;
  }
  return { execute, ended, end: destroy };
}
