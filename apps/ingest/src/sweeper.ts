import type { CallSessionJob, Producer } from '@earshot/queues';
import type { CallStore } from '@earshot/storage';
import type { Logger } from '@earshot/telemetry';

/** A start whose queue write was lost waits this long at most before it is found, give or take an interval. */
const UNCLAIMED_AFTER_MS = 5000;
const INTERVAL_MS = 5000;
const BATCH_MAX = 100;

export interface SweeperDeps {
  readonly calls: Pick<CallStore, 'listUnclaimed' | 'dropStaleRedactionStates'>;
  readonly sessions: Pick<Producer<CallSessionJob>, 'add'>;
  readonly clock: { now(): number };
  readonly logger: Logger;
}

/** Adds the jobs of recorded sessions that no worker claimed; adding one that is queued or running changes nothing. */
export async function sweepUnclaimed(deps: SweeperDeps): Promise<number> {
  const acceptedBeforeMs = deps.clock.now() - UNCLAIMED_AFTER_MS;
  const unclaimed = await deps.calls.listUnclaimed({ acceptedBeforeMs, limit: BATCH_MAX });
  for (const session of unclaimed) await deps.sessions.add(session);
  return unclaimed.length;
}

/** Sweeps now and at intervals until the returned function is called; it waits for a sweep that runs. */
export function startSweeper(deps: SweeperDeps): () => Promise<void> {
  let running = sweepOnce(deps);
  const timer = setInterval(() => {
    running = running.then(() => sweepOnce(deps));
  }, INTERVAL_MS);
  return async () => {
    clearInterval(timer);
    await running;
  };
}

async function sweepOnce(deps: SweeperDeps): Promise<void> {
  try {
    const addedCount = await sweepUnclaimed(deps);
    if (addedCount > 0) deps.logger.info('sessions.swept', { addedCount });
    await deps.calls.dropStaleRedactionStates();
  } catch (error) {
    deps.logger.warn('sessions.sweep-failed', { error });
  }
}
