import type { Clock } from '@earshot/domain';
import type { LaneKey, LaneStore } from '@earshot/storage';
import type { Logger } from '@earshot/telemetry';
import { createFuse, type Fuse } from './fuse.ts';
import { createRenewals } from './renewals.ts';

export interface LaneHoldDeps {
  readonly lanes: Pick<LaneStore, 'hold' | 'release' | 'defer'>;
  /** Names this process; unique among publishers. */
  readonly holder: string;
  /** How long a hold outlives its last renewal; at least three renewals must fit in. */
  readonly holdMs: number;
  readonly renewEveryMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A lane kept for this process by renewals in the background. */
export interface LaneHold {
  /** Fires when another process may have the lane: nothing may be sent or recorded any more. */
  readonly lost: AbortSignal;
  /** Asked right before something is sent: also true while the signal is still on its way. */
  isLost(): boolean;
  /** Gives the lane up; `false` when undelivered rows are there and the lane is still held. */
  release(): Promise<boolean>;
  /** Ends the hold; nobody looks at the lane before `untilMs`. */
  defer(untilMs: number): Promise<void>;
  /** Ends the hold whatever is undelivered, so that another process need not wait for it to run out. */
  giveUp(): Promise<void>;
}

/** What is being sent is cut this long before the hold runs out by our own clock. */
const SAFETY_MARGIN_MS = 500;

/** Takes the lane; `undefined` when another process holds it. */
export async function takeLaneHold(deps: LaneHoldDeps, lane: LaneKey): Promise<LaneHold | undefined> {
  const fuse = createFuse();
  if (!(await holdOnce(deps, lane, fuse))) return undefined;
  const renewals = createRenewals(deps.renewEveryMs, async () => {
    try {
      if (!(await holdOnce(deps, lane, fuse))) fuse.blow();
    } catch (error) {
      deps.logger.warn('lane.renewal-failed', { error });
    }
    return !fuse.signal.aborted;
  });
  renewals.start();
  let held = true;

  const release = async (): Promise<boolean> => {
    // A renewal that overtakes the release would take the lane again.
    await renewals.pause();
    if (!fuse.signal.aborted && !(await deps.lanes.release(lane, deps.holder))) {
      renewals.start();
      return false;
    }
    held = false;
    fuse.cut();
    return true;
  };
  return {
    lost: fuse.signal,
    isLost: fuse.isOver,
    release,
    async defer(untilMs) {
      await renewals.pause();
      held = false;
      if (!fuse.signal.aborted) await deps.lanes.defer(lane, deps.holder, untilMs);
      fuse.cut();
    },
    async giveUp() {
      if (!held || (await release())) return;
      await renewals.pause();
      fuse.cut();
      await deps.lanes.hold(lane, deps.holder, deps.clock.now());
    },
  };
}

async function holdOnce(deps: LaneHoldDeps, lane: LaneKey, fuse: Fuse): Promise<boolean> {
  const askedAtMs = performance.now();
  const held = await deps.lanes.hold(lane, deps.holder, deps.clock.now() + deps.holdMs);
  // Counted from before the statement: how long it took is not ours.
  if (held) fuse.set(deps.holdMs - SAFETY_MARGIN_MS - (performance.now() - askedAtMs));
  return held;
}
