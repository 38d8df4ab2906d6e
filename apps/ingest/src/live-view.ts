import { openLiveBus } from '@earshot/queues';
import type { Logger } from '@earshot/telemetry';
import type { IngestConfig } from './config.ts';
import type { DecodePressure } from './decode-pressure.ts';
import type { IngestMetrics } from './ingest-metrics.ts';
import type { LiveView } from './live-call.ts';

export interface LiveViewDeps {
  readonly pressure: Pick<DecodePressure, 'waitingCount'>;
  readonly metrics: Pick<IngestMetrics, 'liveEventsDropped'>;
  readonly logger: Pick<Logger, 'warn'>;
}

/** The bus to those who watch, and when they may be shown words of open speech. */
export async function openLiveView(
  { databaseUrl, redisUrl, partialIntervalMs, decodesInFlightMax }: IngestConfig,
  { pressure, metrics, logger }: LiveViewDeps,
): Promise<LiveView & { close(): Promise<void> }> {
  const bus = await openLiveBus({
    databaseUrl,
    ...(redisUrl === undefined ? {} : { redisUrl }),
    onDrop: (count) => metrics.liveEventsDropped.add(count),
    onBackgroundError: (error) => logger.warn('live.background-error', { error }),
  });
  return {
    bus,
    partialIntervalMs,
    // More texts are waited for than are decoded at once.
    isBusy: () => pressure.waitingCount > decodesInFlightMax,
    close: () => bus.close(),
  };
}
