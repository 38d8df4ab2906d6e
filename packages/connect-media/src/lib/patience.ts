import type { Clock } from '@earshot/domain';

export interface PatienceLimits {
  /** Failing to open for this long, without a break, ends the call. */
  readonly openRetryMsMax: number;
  /** No new media for this long ends the call. */
  readonly mediaIdleMsMax: number;
}

const PAUSE_MS_MIN = 250;
const PAUSE_MS_MAX = 5000;

/** How long one call goes on trying. */
export class Patience {
  readonly #limits: PatienceLimits;
  readonly #clock: Clock;
  #failingSinceMs: number | undefined;
  #mediaAtMs: number;
  #fruitless = 0;

  constructor(limits: PatienceLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
    this.#mediaAtMs = clock.now();
  }

  /** Connections in a row that brought nothing new. */
  get fruitlessCount(): number {
    return this.#fruitless;
  }

  noteMedia(): void {
    this.#mediaAtMs = this.#clock.now();
    this.#fruitless = 0;
    this.#failingSinceMs = undefined;
  }

  /** A connection was opened and lost again: the service is there. */
  noteAnswered(): void {
    this.#failingSinceMs = undefined;
  }

  /** True when it has failed for too long now. */
  noteFailure(): boolean {
    this.#failingSinceMs ??= this.#clock.now();
    return this.#clock.now() - this.#failingSinceMs >= this.#limits.openRetryMsMax;
  }

  get isMediaOver(): boolean {
    return this.#clock.now() - this.#mediaAtMs >= this.#limits.mediaIdleMsMax;
  }

  /** Time to wait before the next connection: none after one that brought media, then doubling to 5 s. */
  nextPauseMs(): number {
    this.#fruitless += 1;
    if (this.#fruitless === 1) return 0;
    return Math.min(PAUSE_MS_MAX, PAUSE_MS_MIN * 2 ** (this.#fruitless - 2));
  }
}
