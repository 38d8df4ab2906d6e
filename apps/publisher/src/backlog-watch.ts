import type { Clock } from '@earshot/domain';
import type { CircuitStore, LaneStore } from '@earshot/storage';
import type { Logger } from '@earshot/telemetry';
import type { DeliveryMetrics } from './delivery-metrics.ts';
import { createRenewals } from './renewals.ts';

export interface BacklogWatchDeps {
  readonly lanes: Pick<LaneStore, 'readBacklog'>;
  readonly circuits: Pick<CircuitStore, 'countNotClosed'>;
  readonly metrics: Pick<DeliveryMetrics, 'backlog'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly everyMs: number;
}

/** Reads at intervals what waits at all endpoints; the answer stops it and waits for a read under way. */
export function watchBacklog(deps: BacklogWatchDeps): () => Promise<void> {
  const reads = createRenewals(deps.everyMs, async () => {
    try {
      const [backlog, notClosed] = await Promise.all([
        deps.lanes.readBacklog(),
        deps.circuits.countNotClosed(),
      ]);
      const { pendingCount, oldestPendingAtMs } = backlog;
      const oldestAgeMs = oldestPendingAtMs === undefined ? 0 : deps.clock.now() - oldestPendingAtMs;
      deps.metrics.backlog({ pendingCount, oldestAgeMs: Math.max(oldestAgeMs, 0), ...notClosed });
    } catch (error) {
      deps.logger.warn('deliveries.backlog-not-read', { error });
    }
    return true;
  });
  reads.start();
  return () => reads.pause();
}
