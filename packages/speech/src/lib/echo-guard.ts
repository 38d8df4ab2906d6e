import type { ParticipantRole } from '@earshot/domain';
import { LoudnessTrace, TRACE_FRAME_MS } from './loudness-trace.ts';

/** A leak comes after its source, by the way through a room and a codec; clocks of the sides differ a little. */
const LAG_MS_MIN = -50;
const LAG_MS_MAX = 400;
/** The source has to be this much louder: what two people say at once is about as loud on both tracks. */
const LOUDER_DB_MIN = 10;
/** A leak rises and falls with its source; two voices at once do not. */
const LIKENESS_MIN = 0.8;
/** Frames that say something: within this of the loudest. */
const AUDIBLE_DB = 25;
const AUDIBLE_FRAMES_MIN = 12;

/**
 * Tells speech from the other side's voice that leaked into a track: the other track said the same, a little earlier
 * and much louder. A pure function of both tracks' samples on the media clock.
 */
export class EchoGuard {
  readonly #traces: Readonly<Record<ParticipantRole, LoudnessTrace>> = {
    customer: new LoudnessTrace(),
    agent: new LoudnessTrace(),
  };

  /** @param mediaMs media time of the first sample, ms since the epoch */
  hear(role: ParticipantRole, mediaMs: number, pcm: Int16Array): void {
    this.#traces[role].hear(mediaMs, pcm);
  }

  /** Whether speech of `role` between two media times is only a leak; both sides have to be heard as far. */
  isEcho(role: ParticipantRole, startMediaMs: number, endMediaMs: number): boolean {
    const own = this.#traces[role].dbfsBetween(startMediaMs, endMediaMs);
    const source = this.#traces[role === 'customer' ? 'agent' : 'customer'];
    const other = source.dbfsBetween(startMediaMs - LAG_MS_MAX, endMediaMs - LAG_MS_MIN);
    const audible = audibleFrames(own);
    if (audible.length < AUDIBLE_FRAMES_MIN) return false;
    // Most speech meets a silent other side: nothing there to compare with.
    if (Math.max(...other) < mean(audible, (frame) => own[frame] ?? 0)) return false;
    for (let shift = 0; shift <= (LAG_MS_MAX - LAG_MS_MIN) / TRACE_FRAME_MS; shift += 1) {
      if (isLeak(audible, own, other.subarray(shift))) return true;
    }
    return false;
  }
}

function audibleFrames(own: Float64Array): readonly number[] {
  const least = Math.max(...own) - AUDIBLE_DB;
  return Array.from(own.keys()).filter((frame) => (own[frame] ?? 0) >= least);
}

function isLeak(frames: readonly number[], own: Float64Array, other: Float64Array): boolean {
  const ownMean = mean(frames, (frame) => own[frame] ?? 0);
  const otherMean = mean(frames, (frame) => other[frame] ?? 0);
  if (otherMean - ownMean < LOUDER_DB_MIN) return false;
  let [both, ownSquares, otherSquares] = [0, 0, 0];
  for (const frame of frames) {
    const x = (own[frame] ?? 0) - ownMean;
    const y = (other[frame] ?? 0) - otherMean;
    both += x * y;
    ownSquares += x * x;
    otherSquares += y * y;
  }
  // Pearson's correlation of the two loudnesses.
  return both >= LIKENESS_MIN * Math.sqrt(ownSquares * otherSquares) && both > 0;
}

function mean(frames: readonly number[], value: (frame: number) => number): number {
  return frames.reduce((sum, frame) => sum + value(frame), 0) / Math.max(1, frames.length);
}
