import type { LaneJob, Producer } from '@earshot/queues';
import type { LaneKey, Notifications } from '@earshot/storage';
import type { Logger } from '@earshot/telemetry';

export interface LaneWakingDeps {
  readonly laneJobs: Pick<Producer<LaneJob>, 'add'>;
  readonly notifications: Pick<Notifications, 'wakeLanes'>;
  readonly logger: Logger;
}

/**
 * Has lanes looked at from their beginning: one that a process holds is told, any other gets its job. What is lost on
 * the way is left to the sweeper.
 */
export async function wakeFromBeginning(deps: LaneWakingDeps, lanes: readonly LaneKey[]): Promise<void> {
  deps.notifications.wakeLanes(lanes, 'from-beginning');
  try {
    for (const { tenantId, endpointId, conversationId } of lanes) {
      await deps.laneJobs.add({ tenantId, endpointId, conversationId });
    }
  } catch (error) {
    deps.logger.warn('lanes.not-woken', { laneCount: lanes.length, error });
  }
}
