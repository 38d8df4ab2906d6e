import type { ReplayBody } from '@earshot/api';
import type { Clock } from '@earshot/domain';
import type { DeliveryReplays, Endpoint, UndeliveredState } from '@earshot/storage';
import { wakeFromBeginning, type LaneWakingDeps } from './wake-lanes.ts';

export interface ReplayDeps extends LaneWakingDeps {
  readonly replays: Pick<DeliveryReplays, 'replayBatch'>;
  readonly clock: Clock;
}

export interface ReplayOutcome {
  readonly replayedCount: number;
  /** False when there may be more than one request takes up. */
  readonly complete: boolean;
}

const REPLAYED_COUNT_MAX = 10_000;
const BATCH_COUNT_MAX = 500;
const ALL_STATES: readonly UndeliveredState[] = ['failed', 'dropped', 'dead'];

/**
 * Takes up what was not delivered, in batches from the oldest on, so that a lane delivers in its order while later
 * batches are still to come.
 */
export async function replayDeliveries(
  deps: ReplayDeps,
  { tenantId, endpointId }: Endpoint,
  body: ReplayBody,
): Promise<ReplayOutcome> {
  const { guid, from, to } = body;
  const states: readonly UndeliveredState[] = body.states ?? ALL_STATES;
  const filter = {
    tenantId,
    endpointId,
    states,
    atMs: deps.clock.now(),
    ...(guid === undefined ? {} : { guid }),
    ...(from === undefined ? {} : { fromMs: Date.parse(from) }),
    ...(to === undefined ? {} : { toMs: Date.parse(to) }),
  };
  let replayedCount = 0;
  let after: { readonly afterDeliveryId?: string } = {};
  while (replayedCount < REPLAYED_COUNT_MAX) {
    const limit = Math.min(BATCH_COUNT_MAX, REPLAYED_COUNT_MAX - replayedCount);
    const batch = await deps.replays.replayBatch({ ...filter, ...after, limit });
    replayedCount += batch.count;
    await wakeFromBeginning(deps, batch.lanes);
    if (batch.count < limit || batch.lastDeliveryId === undefined) return { replayedCount, complete: true };
    after = { afterDeliveryId: batch.lastDeliveryId };
  }
  return { replayedCount, complete: false };
}
