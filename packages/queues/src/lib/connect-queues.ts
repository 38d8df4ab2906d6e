import type { QueueConnection } from './contract-types.ts';
import { connectPostgres } from './postgres-link.ts';
import { connectRedis } from './redis-link.ts';

export interface ConnectQueuesOptions {
  /** Redis >= 6.2 with `maxmemory-policy noeviction`. Without it BullMQ's PostgreSQL backend carries the queues. */
  readonly redisUrl?: string;
  /** PostgreSQL >= 14; `migrateQueues` must have run when there is no `redisUrl`. */
  readonly databaseUrl: string;
  /** What all Redis keys start with; `{earshot}` by default, in braces so that a Redis Cluster keeps them together. */
  readonly redisKeyPrefix?: string;
  /**
   * Hears of connections that break and are made again. Nothing by default: `ping`, `add` and `runWorker` report what
   * concerns their callers.
   */
  readonly onBackgroundError?: (error: unknown) => void;
}

/**
 * Makes the connections behind all producers and workers of a process. Does not wait for the backend: an unreachable
 * one shows in `ping` and in every `add` (`queues.unavailable`). Throws on an URL that cannot be read.
 */
export async function connectQueues(options: ConnectQueuesOptions): Promise<QueueConnection> {
  const onBackgroundError = options.onBackgroundError ?? (() => undefined);
  if (options.redisUrl === undefined) return connectPostgres(options.databaseUrl, onBackgroundError);
  return connectRedis(options.redisUrl, options.redisKeyPrefix ?? '{earshot}', onBackgroundError);
}
