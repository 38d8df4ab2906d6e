import type { Clock } from '@earshot/domain';
import type { CallMediaEvent } from './call-media.ts';

const IDLE_EVERY_MS = 250;

/** Rejects with the signal's reason when it fires first. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

type IdleEvents<Value> = AsyncGenerator<readonly CallMediaEvent[], Value, undefined>;

/** Tells about every 250 ms how long no byte has come, whatever the call waits for. */
export class IdleTicks {
  /** How often to look whether one is due. */
  readonly lookEveryMs = IDLE_EVERY_MS / 2;
  readonly #clock: Clock;
  readonly #sleep: Sleep;
  #byteAtMs: number;
  #toldAtMs: number;

  constructor(clock: Clock, sleep: Sleep) {
    this.#clock = clock;
    this.#sleep = sleep;
    this.#byteAtMs = clock.now();
    this.#toldAtMs = this.#byteAtMs;
  }

  noteBytes(): void {
    this.#byteAtMs = this.#clock.now();
  }

  /** One event where it is time for it: short waits one after another are one long silence. */
  due(): readonly CallMediaEvent[] {
    const nowMs = this.#clock.now();
    if (nowMs - Math.max(this.#byteAtMs, this.#toldAtMs) < IDLE_EVERY_MS) return [];
    this.#toldAtMs = nowMs;
    return [{ type: 'idle', idleMs: nowMs - this.#byteAtMs }];
  }

  /** Waits for `work`; its failure is thrown, its value returned. */
  async *until<Value>(work: Promise<Value>): IdleEvents<Value> {
    let isSettled = false;
    let wake: (() => void) | undefined;
    const settled = (): void => {
      isSettled = true;
      wake?.();
    };
    work.then(settled, settled);
    while (!isSettled) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, this.lookEveryMs);
        wake = (): void => {
          clearTimeout(timer);
          resolve();
        };
      });
      yield this.due();
    }
    return await work;
  }

  /** Waits; a signal ends the wait with its reason. */
  async *pause(pauseMs: number, signal: AbortSignal): IdleEvents<void> {
    const endsAtMs = this.#clock.now() + pauseMs;
    for (let restMs = pauseMs; restMs > 0; restMs = endsAtMs - this.#clock.now()) {
      await this.#sleep(Math.min(restMs, this.lookEveryMs), signal);
      yield this.due();
    }
  }
}
