import { setTimeout as sleep } from 'node:timers/promises';
import { isCodedError } from '@earshot/domain';
import type { Delivery, DeliveryResult, LaneStore } from '@earshot/storage';
import { ROWS_PER_LANE_MAX, type PendingQuery } from './lane-run.ts';
import { groupCalls, type GroupedCalls } from './group-calls.ts';
import { laneId } from './lane-id.ts';

const LANES_PER_READ_MAX = 100;
const RESULTS_PER_WRITE_MAX = 200;
/** A message that was sent is sent again when its result is lost, so a short outage of the store is sat out. */
const RECORD_RETRY_DELAYS_MS = [50, 200, 800, 2000];

/** Reads of all lanes together, one statement at a time. */
export function groupReads(
  lanes: Pick<LaneStore, 'fetchPending'>,
): GroupedCalls<PendingQuery, readonly Delivery[]> {
  return groupCalls({
    itemCountMax: LANES_PER_READ_MAX,
    async run(queries: readonly PendingQuery[]) {
      const rows = await lanes.fetchPending(queries, ROWS_PER_LANE_MAX);
      const byLane = Map.groupBy(rows, (row) => laneId(row.lane));
      return queries.map(({ lane }) => byLane.get(laneId(lane)) ?? []);
    },
  });
}

/** Results of all lanes together; answers whether each was recorded. */
export function groupResults(
  lanes: Pick<LaneStore, 'recordResults'>,
  holder: string,
): GroupedCalls<DeliveryResult, boolean> {
  return groupCalls({
    itemCountMax: RESULTS_PER_WRITE_MAX,
    async run(results: readonly DeliveryResult[]) {
      const recorded = new Set(await persist(() => lanes.recordResults(holder, results)));
      return results.map(({ deliveryId }) => recorded.has(deliveryId));
    },
  });
}

async function persist<T>(act: () => Promise<T>): Promise<T> {
  for (const delayMs of RECORD_RETRY_DELAYS_MS) {
    try {
      return await act();
    } catch (error) {
      if (!isCodedError(error) || !error.retryable) throw error;
      await sleep(delayMs);
    }
  }
  return await act();
}
