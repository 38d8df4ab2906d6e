import type { Clock } from '@earshot/domain';
import { KvsError } from './kvs-error.ts';

/** Operations that the service limits for each stream (connect-media 1.4). */
const LIMITED: ReadonlySet<string> = new Set([
  'GetDataEndpoint',
  'PutMedia',
  'GetMedia',
  'ListFragments',
  'GetMediaForFragmentList',
]);
const SECOND_MS = 1000;

/** Calls of an operation on a stream within any one second. */
export class CallRates {
  readonly #callsPerSecondMax: number;
  readonly #clock: Clock;
  /** Times of the calls of the last second, by operation and stream; forgotten with the second. */
  readonly #recent = new Map<string, number[]>();

  constructor(callsPerSecondMax: number, clock: Clock) {
    this.#callsPerSecondMax = callsPerSecondMax;
    this.#clock = clock;
  }

  /** Counts a call. Throws ClientLimitExceededException for one too many; that one does not count. */
  take(operation: string, streamName: string): void {
    if (this.#callsPerSecondMax === Number.POSITIVE_INFINITY || !LIMITED.has(operation)) return;
    this.#forget();
    const key = `${operation} ${streamName}`;
    const calls = this.#recent.get(key) ?? [];
    if (calls.length >= this.#callsPerSecondMax) {
      const message = `Rate exceeded: ${operation} is limited to ${this.#callsPerSecondMax} calls a second for a stream`;
      throw new KvsError(400, 'ClientLimitExceededException', message);
    }
    calls.push(this.#clock.now());
    this.#recent.set(key, calls);
  }

  #forget(): void {
    const oldestMs = this.#clock.now() - SECOND_MS;
    for (const [key, calls] of this.#recent) {
      while ((calls[0] ?? Number.POSITIVE_INFINITY) <= oldestMs) calls.shift();
      if (calls.length === 0) this.#recent.delete(key);
    }
  }
}
