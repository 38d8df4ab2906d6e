import type { ParticipantRole } from '@earshot/domain';
import { comesBefore, type PendingUtterance } from './recognize.ts';

/** A side further behind than this is not waited for: its track is missing or ended. Blocks last 64 ms. */
const BEHIND_MS_MAX = 200;

const NONE: readonly PendingUtterance[] = [];

/**
 * Puts the cuts of both sides into the one order of the media clock, whichever side's block comes first. A cut waits
 * until the other side has been heard as far; its decode does not.
 */
export class CutOrder {
  readonly #held: PendingUtterance[] = [];

  /**
   * Takes new cuts and answers those that nothing can come before any more.
   *
   * @param heardToMs how far a side has been heard, ms by the media clock
   */
  take(
    cuts: readonly PendingUtterance[],
    heardToMs: (role: ParticipantRole) => number,
  ): readonly PendingUtterance[] {
    if (cuts.length === 0 && this.#held.length === 0) return NONE;
    this.#held.push(...cuts);
    this.#held.sort((a, b) => (comesBefore(a.speech, b.speech) ? -1 : 1));
    const waiting = this.#held.findIndex(({ speech }) => {
      const otherMs = heardToMs(speech.role === 'customer' ? 'agent' : 'customer');
      return otherMs < speech.cutMediaMs && otherMs >= speech.cutMediaMs - BEHIND_MS_MAX;
    });
    return this.#held.splice(0, waiting === -1 ? this.#held.length : waiting);
  }

  /** All that still waits: at the end of a fragment nothing more of its time comes. */
  takeAll(): readonly PendingUtterance[] {
    return this.#held.splice(0);
  }
}
