import type { Clock } from '@earshot/domain';

export interface PatienceLimits {
  /** Failing to open for this long, without a break, ends the call. */
  readonly openRetryMsMax: number;
  /** No new media for this long ends the call. */
  readonly mediaIdleMsMax: number;
  /** No new media for this long ends the call if the service keeps ending bodies in order. */
  readonly endedIdleMsMax: number;
}

/** GetMedia may be called five times a second on a stream. */
const SPACING_MS = 200;
const BACKOFF_MS_MIN = 250;
const BACKOFF_MS_MAX = 5000;
/** One body may end early for reasons of its own. */
const ENDED_BODIES_MIN = 3;

/** How long one call goes on trying. */
export class Patience {
  readonly #limits: PatienceLimits;
  readonly #clock: Clock;
  /** Between 0 and 1. */
  readonly #random: () => number;
  #failingSinceMs: number | undefined;
  #mediaAtMs: number;
  #openedAtMs: number;
  #hasMedia = false;
  #endedCount = 0;
  #fruitless = 0;

  constructor(limits: PatienceLimits, clock: Clock, random: () => number) {
    this.#limits = limits;
    this.#clock = clock;
    this.#random = random;
    this.#mediaAtMs = clock.now();
    this.#openedAtMs = clock.now();
  }

  /** Connections in a row that brought nothing new. */
  get fruitlessCount(): number {
    return this.#fruitless;
  }

  noteOpening(): void {
    this.#openedAtMs = this.#clock.now();
  }

  noteMedia(): void {
    this.#mediaAtMs = this.#clock.now();
    this.#hasMedia = true;
    this.#endedCount = 0;
    this.#fruitless = 0;
    this.#failingSinceMs = undefined;
  }

  /** A connection was opened and lost again: the service is there. */
  noteAnswered(hasEndedInOrder: boolean): void {
    this.#failingSinceMs = undefined;
    this.#endedCount = hasEndedInOrder ? this.#endedCount + 1 : 0;
  }

  /** How long it has failed now. */
  noteFailure(): number {
    this.#endedCount = 0;
    this.#failingSinceMs ??= this.#clock.now();
    return this.#clock.now() - this.#failingSinceMs;
  }

  get hasFailedTooLong(): boolean {
    const sinceMs = this.#failingSinceMs ?? Number.POSITIVE_INFINITY;
    return this.#clock.now() - sinceMs >= this.#limits.openRetryMsMax;
  }

  get isMediaOver(): boolean {
    const { mediaIdleMsMax, endedIdleMsMax } = this.#limits;
    const isEnded = this.#hasMedia && this.#endedCount >= ENDED_BODIES_MIN;
    const idleMsMax = isEnded ? Math.min(endedIdleMsMax, mediaIdleMsMax) : mediaIdleMsMax;
    return this.#clock.now() - this.#mediaAtMs >= idleMsMax;
  }

  /**
   * Time to wait before the next connection. Counted from the opening of the last one: one that lasted needs no pause.
   * After one that brought nothing new, a random part of 250 ms doubling to 5 s, so that calls do not come all at once.
   */
  nextPauseMs(): number {
    this.#fruitless += 1;
    const doublings = this.#fruitless - 2;
    const backoffMs = doublings < 0 ? 0 : Math.min(BACKOFF_MS_MAX, BACKOFF_MS_MIN * 2 ** doublings);
    const lastedMs = this.#clock.now() - this.#openedAtMs;
    return Math.max(0, Math.max(SPACING_MS, this.#random() * backoffMs) - lastedMs);
  }
}
