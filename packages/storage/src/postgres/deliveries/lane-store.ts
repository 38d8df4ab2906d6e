import type { LaneStore } from '../../stores/lanes.ts';
import type { Database } from '../database.ts';
import { listDeliveries } from './delivery-list.ts';
import { createDeliveryOutcomes } from './delivery-outcomes.ts';
import { createLaneHolds } from './lane-holds.ts';

export function createLaneStore(database: Database): LaneStore {
  return {
    ...createLaneHolds(database),
    ...createDeliveryOutcomes(database),
    listDeliveries: (input) => listDeliveries(database, input),
  };
}
