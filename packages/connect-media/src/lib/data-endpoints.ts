import type { Clock } from '@earshot/domain';
import { LruMap } from './lru-map.ts';

/** An endpoint's token lives 45 min (connect-media 1.4). */
const AGE_MS_MAX = 40 * 60_000;
const ENDPOINTS_MAX = 20_000;

interface Entry {
  readonly url: string;
  readonly learntAtMs: number;
}

/** Data endpoints of streams, remembered until they are old or something goes wrong with them. */
export class DataEndpoints {
  readonly #clock: Clock;
  readonly #entries = new LruMap<string, Entry>(ENDPOINTS_MAX);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async find(key: string, ask: () => Promise<string>): Promise<string> {
    const known = this.#entries.get(key);
    if (known !== undefined && this.#clock.now() - known.learntAtMs < AGE_MS_MAX) return known.url;
    const learntAtMs = this.#clock.now();
    const url = await ask();
    this.#entries.set(key, { url, learntAtMs });
    return url;
  }

  forget(key: string): void {
    this.#entries.delete(key);
  }
}
