import { createLiveBus } from './live-bus.ts';
import type { LiveBus } from './live-event.ts';
import type { LiveLinkEvents } from './live-link.ts';
import { openPostgresLiveLink } from './postgres-live-link.ts';
import { openRedisLiveLink } from './redis-live-link.ts';

export interface OpenLiveBusOptions {
  /** Redis >= 6.2. Without it events travel by NOTIFY of PostgreSQL. */
  readonly redisUrl?: string;
  /** PostgreSQL >= 14, asked only without `redisUrl`. A pooler in transaction mode does not carry NOTIFY. */
  readonly databaseUrl: string;
  /** What Redis channels start with; `{earshot}` by default. */
  readonly redisKeyPrefix?: string;
  /** Events that may wait to be sent (1,000 by default); further ones are dropped. */
  readonly publishQueueMax?: number;
  /** Hears how many events were dropped, since too many waited or the backend was away. Nothing by default. */
  readonly onDrop?: (count: number) => void;
  /** Hears of connections that break and of messages that cannot be read. Nothing by default. */
  readonly onBackgroundError?: (error: unknown) => void;
}

/**
 * Opens what carries live events; its two connections are its own. Waits up to 2 s for the backend and goes on trying
 * without. Throws on an URL that cannot be read.
 */
export async function openLiveBus(options: OpenLiveBusOptions): Promise<LiveBus> {
  const { redisUrl, databaseUrl, redisKeyPrefix = '{earshot}' } = options;
  const openLink = (events: LiveLinkEvents) =>
    redisUrl === undefined
      ? openPostgresLiveLink(databaseUrl, events)
      : openRedisLiveLink(redisUrl, redisKeyPrefix, events);
  return await createLiveBus(openLink, {
    publishQueueMax: options.publishQueueMax ?? 1_000,
    onDrop: options.onDrop ?? (() => undefined),
    onBackgroundError: options.onBackgroundError ?? (() => undefined),
  });
}
