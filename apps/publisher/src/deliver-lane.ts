import type { Delivery, LaneKey } from '@earshot/storage';
import { deliverMessage } from './deliver-message.ts';
import { ROWS_PER_LANE_MAX, SETTLED, type DeliverLaneDeps, type LaneRun, type Step } from './lane-run.ts';

type DrainEnd = { readonly type: 'empty' } | Extract<Step, { readonly type: 'stopped' | 'wait' }>;

/**
 * Delivers a lane's messages in strict order: holds the lane, sends what is pending one after the other, lingers
 * until nothing came for `lingerMs`, and gives the lane up. A lane whose first message waits longer than that for its
 * next attempt is given up until then. `handed-over` leaves work to another process.
 */
export async function deliverLane(
  deps: DeliverLaneDeps,
  lane: LaneKey,
  signal: AbortSignal,
): Promise<'done' | 'handed-over'> {
  // Watched before it is held: once it is held, writers only notify.
  const watch = deps.wakes.watch(lane);
  try {
    const hold = await deps.takeHold(lane);
    if (hold === undefined) return 'done';
    const stop = AbortSignal.any([signal, hold.lost]);
    try {
      await serve(deps, { lane, watch, hold, stop, sequence: 0, epoch: 0 });
    } finally {
      await hold.giveUp();
    }
    return signal.aborted ? 'handed-over' : 'done';
  } finally {
    watch.close();
  }
}

async function serve(deps: DeliverLaneDeps, run: LaneRun): Promise<void> {
  for (;;) {
    const end = await drain(deps, run);
    if (end.type === 'stopped') return;
    if (end.type === 'wait') {
      if (await waitUntil(deps, run, end.untilMs)) continue;
      return;
    }
    const heard = await run.watch.next(deps.lingerMs, run.stop);
    if (heard === 'aborted') return;
    if (heard === 'quiet') {
      if (await run.hold.release()) return;
      // Rows are pending that no notification told of, perhaps among those passed over.
      run.sequence = 0;
    }
  }
}

/** Sends until nothing is pending. Whatever is committed during the last read, or after it, rings the watch. */
async function drain(deps: DeliverLaneDeps, run: LaneRun): Promise<DrainEnd> {
  while (!run.stop.aborted) {
    if (run.watch.takeReplay()) run.sequence = 0;
    const rows = await deps.fetchPending.call({ lane: run.lane, afterSequence: run.sequence });
    const end = await sendAll(deps, run, rows);
    if (end.type === 'stopped' || end.type === 'wait') return end;
    if (end.type === 'settled' && rows.length < ROWS_PER_LANE_MAX) return { type: 'empty' };
  }
  return { type: 'stopped' };
}

async function sendAll(deps: DeliverLaneDeps, run: LaneRun, rows: readonly Delivery[]): Promise<Step> {
  for (const row of rows) {
    const step = await deliverMessage(deps, run, row, rows.length > 1);
    if (step.type !== 'settled') return step;
    run.sequence = row.sequence;
  }
  return SETTLED;
}

/**
 * Answers whether to go on with the lane; otherwise it is given up until its time has come. A short wait keeps it:
 * what is behind the message that waits must wait too, so only a replay can change anything.
 */
async function waitUntil(deps: DeliverLaneDeps, run: LaneRun, untilMs: number): Promise<boolean> {
  if (untilMs - deps.clock.now() > deps.lingerMs) {
    await run.hold.defer(untilMs);
    return false;
  }
  for (;;) {
    const waitMs = untilMs - deps.clock.now();
    if (waitMs <= 0) return true;
    if ((await run.watch.next(waitMs, run.stop)) === 'aborted') return false;
    if (run.watch.takeReplay()) {
      run.sequence = 0;
      return true;
    }
  }
}
