import type { LiveBus } from './live-event.ts';

export interface OpenLiveBusOptions {
  /** Redis >= 6.2. Without it events travel by NOTIFY of PostgreSQL. */
  readonly redisUrl?: string;
  /** PostgreSQL >= 14. A pooler in transaction mode does not carry NOTIFY. */
  readonly databaseUrl: string;
  /** What Redis channels start with; `{earshot}` by default. */
  readonly redisKeyPrefix?: string;
  /** Events that may wait to be sent (1,000 by default); further ones are dropped and counted. */
  readonly publishQueueMax?: number;
  /** Hears of broken connections, dropped events and messages that cannot be read. Nothing by default. */
  readonly onBackgroundError?: (error: unknown) => void;
}

/** Opens what carries live events. Does not wait for the backend; throws on an URL that cannot be read. */
export async function openLiveBus(_options: OpenLiveBusOptions): Promise<LiveBus> {
  throw new Error('Cannot open live bus: no backend yet');
}
