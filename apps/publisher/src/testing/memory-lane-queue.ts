import type { JobHandler, LaneJob } from '@earshot/queues';
import { laneId } from '../lane-id.ts';

/** Lane jobs in memory: one job a lane at a time, the last add during a run makes it run once more. */
export interface MemoryLaneQueue {
  add(lane: LaneJob): Promise<void>;
  /** Fires every job's signal and waits for them, as a worker that closes does. */
  close(): Promise<void>;
  /** Resolves when no job runs. */
  idle(): Promise<void>;
  readonly outcomes: readonly string[];
}

export function createMemoryLaneQueue(handler: JobHandler<LaneJob>): MemoryLaneQueue {
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const outcomes: string[] = [];
  const stop = new AbortController();
  let jobCount = 0;

  const run = async (lane: LaneJob): Promise<void> => {
    const id = laneId(lane);
    do {
      again.delete(id);
      const jobId = String((jobCount += 1));
      const context = { jobId, signal: stop.signal, attemptsMade: 0, stalledCount: 0 };
      try {
        outcomes.push((await handler(lane, context)).type);
      } catch (error) {
        outcomes.push(`failed: ${String(error)}`);
      }
    } while (again.has(id) && !stop.signal.aborted);
    running.delete(id);
  };

  return {
    outcomes,
    async add(lane) {
      const id = laneId(lane);
      if (running.has(id)) again.add(id);
      else running.set(id, run(lane));
    },
    async close() {
      stop.abort();
      await Promise.all(running.values());
    },
    async idle() {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}
