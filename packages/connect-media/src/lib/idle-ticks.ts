import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '@earshot/domain';
import type { CallMediaEvent } from './call-media.ts';

const IDLE_EVERY_MS = 250;

/** Tells about every 250 ms how long no byte has come, whatever the call waits for. */
export class IdleTicks {
  readonly everyMs = IDLE_EVERY_MS;
  readonly #clock: Clock;
  #byteAtMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#byteAtMs = clock.now();
  }

  noteBytes(): void {
    this.#byteAtMs = this.#clock.now();
  }

  get idleMs(): number {
    return Math.max(0, this.#clock.now() - this.#byteAtMs);
  }

  event(): CallMediaEvent {
    return { type: 'idle', idleMs: this.idleMs };
  }

  /** Waits for `work`; its failure is thrown, its value returned. */
  async *until<Value>(work: Promise<Value>): AsyncGenerator<CallMediaEvent, Value, undefined> {
    const settled = work.then(
      () => true,
      () => true,
    );
    while (!(await Promise.race([settled, delay(IDLE_EVERY_MS, false)]))) yield this.event();
    return await work;
  }

  /** Waits; a signal ends the wait with its reason. */
  async *pause(pauseMs: number, signal: AbortSignal): AsyncGenerator<CallMediaEvent, void, undefined> {
    const endsAtMs = this.#clock.now() + pauseMs;
    for (let restMs = pauseMs; restMs > 0; restMs = endsAtMs - this.#clock.now()) {
      await delay(Math.min(restMs, IDLE_EVERY_MS), undefined, { signal }).catch(() =>
        signal.throwIfAborted(),
      );
      if (restMs > IDLE_EVERY_MS) yield this.event();
    }
  }
}
