import type { ParticipantRole } from '@earshot/domain';
import type { RecordingMute } from '@earshot/recordings';

/** How far one side has come, ms since the session's zero; `-Infinity` where nothing came of it. */
export interface SideReach {
  /** All that was said before is cut. */
  readonly settledMs: number;
  readonly heardMs: number;
  /** Certainly nothing has begun that is not cut. */
  readonly isSilent: boolean;
}

export type CallReach = Readonly<Record<ParticipantRole, SideReach>>;

/** Recorded audio lies on this grid, its end apart. */
export const GRID_MS = 100;

/** Blocks of both sides come together: a side so far behind has no audio now. */
const BEHIND_MS_MAX = 2000;
/** Speech is cut after 15 s at most: where it is not, its side has stopped within it. */
const UNSETTLED_MS_MAX = 30_000;

export interface Horizon {
  /** Up to here the audio of both sides is final. */
  readonly toMs: number;
  /** What of it is not settled, and therefore never heard. */
  readonly mutes: readonly RecordingMute[];
}

/** How far a recording may be written. One side alone cannot hold it up for ever. */
export function horizonOf({ customer, agent }: CallReach): Horizon {
  const reached = Math.min(reachOf(customer, agent), reachOf(agent, customer));
  if (!(reached > 0)) return { toMs: 0, mutes: [] };
  const toMs = Math.floor(reached / GRID_MS) * GRID_MS;
  const mute = (role: ParticipantRole, { settledMs }: SideReach): readonly RecordingMute[] =>
    settledMs < toMs ? [{ role, startMs: Math.max(0, settledMs), endMs: toMs }] : [];
  return { toMs, mutes: [...mute('customer', customer), ...mute('agent', agent)] };
}

function reachOf(side: SideReach, other: SideReach): number {
  const isAway = side.isSilent && other.heardMs - side.heardMs > BEHIND_MS_MAX;
  return Math.max(side.settledMs, other.heardMs - (isAway ? BEHIND_MS_MAX : UNSETTLED_MS_MAX));
}
