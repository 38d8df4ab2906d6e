import type { LaneKey } from '@earshot/storage';

/** A lane in one word, spelled as the `lane_wake` notification spells it. */
export function laneId(lane: Pick<LaneKey, 'endpointId' | 'conversationId'>): string {
  return `${lane.endpointId} ${lane.conversationId}`;
}
