import type { Clock } from '@earshot/domain';

/** A clock that stands still while the consumer has the word: a slow consumer is no silence. */
export class WaitingClock implements Clock {
  readonly #clock: Clock;
  #heldMs = 0;
  #heldSinceMs: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return (this.#heldSinceMs ?? this.#clock.now()) - this.#heldMs;
  }

  hold(isHeld: boolean): void {
    const nowMs = this.#clock.now();
    if (this.#heldSinceMs !== undefined) this.#heldMs += nowMs - this.#heldSinceMs;
    this.#heldSinceMs = isHeld ? nowMs : undefined;
  }
}
