import type { JobHandler, LaneJob } from '@earshot/queues';
import { deliverLane } from './deliver-lane.ts';
import { laneId } from './lane-id.ts';
import type { DeliverLaneDeps } from './lane-run.ts';

/**
 * Handles lane jobs. When the queue gives a job to this process while an earlier run of the same lane still winds
 * down (its lock was lost), the new run waits: both would hold the lane under the same name.
 */
export function createLaneHandler(deps: DeliverLaneDeps): JobHandler<LaneJob> {
  const runs = new Map<string, Promise<unknown>>();
  return async (lane, { signal }) => {
    const id = laneId(lane);
    for (let earlier = runs.get(id); earlier !== undefined; earlier = runs.get(id))
      await Promise.allSettled([earlier]);
    deps.metrics.laneOpened();
    const run = deliverLane(deps, lane, signal).finally(() => {
      runs.delete(id);
      deps.metrics.laneClosed();
    });
    runs.set(id, run);
    return { type: (await run) === 'handed-over' ? 'hand-over' : 'done' };
  };
}
