import { startNodeProcess, type NodeProcess, type NodeProcessOptions } from '@earshot/scripted-ingest';

const MAIN = new URL('../../../../apps/publisher/src/main.ts', import.meta.url);

/** What all publisher processes of one system share. */
export interface PublisherSurroundings {
  readonly databaseUrl: string;
  /** Absent: the queues run on PostgreSQL. */
  readonly redisUrl: string | undefined;
  /** 32 bytes in base64. */
  readonly masterKey: string;
}

export interface PublisherOptions
  extends PublisherSurroundings, Pick<NodeProcessOptions, 'nodeArguments' | 'onRecord'> {
  /** More of its variables. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The publisher app itself, allowed to call loopback. Resolves when it takes lanes. */
export function startPublisher(options: PublisherOptions): Promise<NodeProcess> {
  const { databaseUrl, redisUrl, masterKey, env, ...running } = options;
  return startNodeProcess(MAIN, {
    ...running,
    env: {
      DATABASE_URL: databaseUrl,
      ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
      EARSHOT_MASTER_KEY: masterKey,
      EARSHOT_EGRESS_ALLOW: '127.0.0.0/8',
      LOG_LEVEL: 'warn',
      ...env,
    },
  });
}
