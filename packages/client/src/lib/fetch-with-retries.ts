import { setTimeout as delayOf } from 'node:timers/promises';
import { EarshotApiError } from './earshot-api-error.ts';
import { retryDelayMs } from './retry-delay.ts';
import { tryOnce, type Fetch } from './try-once.ts';

export interface RetryOptions {
  readonly fetch: Fetch;
  /** Limit of one try, its body included. */
  readonly timeoutMs: number;
  readonly delay: (durationMs: number) => Promise<void>;
  readonly now: () => number;
}

export async function wait(durationMs: number): Promise<void> {
  await delayOf(durationMs);
}

/** A `fetch` that tries again as the contract asks for: 429 after 1, 2, 4 s, no answer and 5xx after 250, 500, 1000 ms. */
export function fetchWithRetries(options: RetryOptions): Fetch {
  return async (request) => {
    for (let triesBefore = 1; ; triesBefore += 1) {
      const outcome = await tryOnce(request.clone(), options.fetch, options.timeoutMs);
      if (outcome instanceof Response && outcome.ok) return outcome;
      const delayMs = nextDelayMs(request, outcome, triesBefore, options.now());
      if (delayMs === undefined) {
        if (outcome instanceof EarshotApiError) throw outcome;
        return outcome;
      }
      await options.delay(delayMs);
    }
  };
}

function nextDelayMs(
  request: Request,
  outcome: Response | EarshotApiError,
  triesBefore: number,
  nowMs: number,
): number | undefined {
  if (outcome instanceof Response) {
    const retryAfter = outcome.headers.get('retry-after');
    return retryDelayMs({ status: outcome.status, retryAfter }, triesBefore, nowMs);
  }
  if (!outcome.retryable || !isRepeatable(request)) return undefined;
  return retryDelayMs({ status: undefined, retryAfter: null }, triesBefore, nowMs);
}

/**
 * An endpoint may be there although the answer was lost, and a second one would get every message too; a second rotation
 * would end a secret that is still in use, and a second key would be one that nobody knows of. A test is for people.
 */
function isRepeatable({ method, url }: Request): boolean {
  return method !== 'POST' || !/\/(?:endpoints|keys|rotate|rotate-secret|test)$/.test(new URL(url).pathname);
}
