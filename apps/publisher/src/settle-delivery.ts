import type { Delivery, DeliveryResult, Endpoint } from '@earshot/storage';
import { SETTLED, STOPPED, type DeliverLaneDeps, type LaneRun, type Step } from './lane-run.ts';

/** What is recorded of a message. */
export type Settlement = Omit<DeliveryResult, 'deliveryId' | 'atMs'>;

/** Records what became of a message; `endpoint` is undefined when it is gone. */
export async function settleDelivery(
  deps: Pick<DeliverLaneDeps, 'metrics' | 'logger' | 'clock' | 'recordResult' | 'events'>,
  run: Pick<LaneRun, 'lane'>,
  row: Delivery,
  endpoint: Endpoint | undefined,
  settlement: Settlement,
): Promise<Step> {
  const atMs = deps.clock.now();
  const { deliveryId } = row;
  const { state, status, errorCode, nextAttemptAtMs } = settlement;
  if (state !== 'delivered') {
    deps.logger.warn('delivery.not-delivered', { deliveryId, ...run.lane, state, status, errorCode });
  }
  const recorded = await deps.recordResult.call({ deliveryId, ...settlement, atMs });
  deps.metrics.settled(settlement, atMs - row.createdAtMs);
  if (!recorded) {
    deps.logger.warn('delivery.not-recorded', { deliveryId, ...run.lane });
    // Passing over it could put the next message before it: whoever has the lane by now sends it again.
    return endpoint?.policy === 'durable' ? STOPPED : SETTLED;
  }
  if (state === 'dead' && endpoint !== undefined) {
    const attempts = row.attempts + (settlement.attempted ? 1 : 0);
    await deps.events.deadLetter({ endpoint, deliveryId, attempts, status, errorCode, atMs });
  }
  return state === 'retry' ? { type: 'wait', untilMs: nextAttemptAtMs ?? atMs } : SETTLED;
}
