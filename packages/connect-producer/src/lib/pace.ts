import { setTimeout as delay } from 'node:timers/promises';

/** Holds media time against the clock of this machine. */
export class Pace {
  readonly #startedAtMs = performance.now();
  readonly #speed: number;
  readonly #signal: AbortSignal | undefined;

  constructor(speed: number, signal: AbortSignal | undefined) {
    this.#speed = speed;
    this.#signal = signal;
  }

  /** Resolves when `mediaMs` of media would have been heard, at once when that is past or the call is hung up. */
  async reach(mediaMs: number): Promise<void> {
    const waitMs = this.#startedAtMs + mediaMs / this.#speed - performance.now();
    if (!(waitMs > 0)) return;
    try {
      await delay(waitMs, undefined, this.#signal === undefined ? {} : { signal: this.#signal });
    } catch (error) {
      if (this.#signal?.aborted !== true) throw error;
    }
  }
}
