import type { Clock } from '@earshot/domain';
import type { LaneJob, Producer } from '@earshot/queues';
import type { LaneStore } from '@earshot/storage';
import type { Logger } from '@earshot/telemetry';
import type { DeliveryMetrics } from './delivery-metrics.ts';
import { createRenewals } from './renewals.ts';

export interface SweeperDeps {
  readonly lanes: Pick<LaneStore, 'listUnheld'>;
  readonly laneJobs: Pick<Producer<LaneJob>, 'add'>;
  readonly metrics: Pick<DeliveryMetrics, 'swept'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly everyMs: number;
  /** A message younger than this is left to its wake-up. */
  readonly pendingForMs: number;
}

const LANES_PER_SWEEP_MAX = 500;

/** Adds the jobs of lanes that have messages and nobody to send them; adding one that waits or runs changes nothing. */
export async function sweepLanes(deps: SweeperDeps): Promise<number> {
  const nowMs = deps.clock.now();
  const pendingBeforeMs = nowMs - deps.pendingForMs;
  const lanes = await deps.lanes.listUnheld({ pendingBeforeMs, nowMs, limit: LANES_PER_SWEEP_MAX });
  for (const { tenantId, endpointId, conversationId } of lanes) {
    await deps.laneJobs.add({ tenantId, endpointId, conversationId });
  }
  deps.metrics.swept(lanes.length);
  return lanes.length;
}

/** Sweeps at intervals; the answer stops it and waits for a sweep under way. */
export function startSweeper(deps: SweeperDeps): () => Promise<void> {
  const sweeps = createRenewals(deps.everyMs, async () => {
    try {
      const laneCount = await sweepLanes(deps);
      if (laneCount > 0) deps.logger.info('lanes.swept', { laneCount });
    } catch (error) {
      deps.logger.warn('lanes.sweep-failed', { error });
    }
    return true;
  });
  sweeps.start();
  return () => sweeps.pause();
}
