import { isRetryableStatus } from './earshot-api-error.ts';

/** Waits before the second, third and fourth try, as callers of the compatible product are told to. */
const RATE_LIMIT_DELAYS_MS = [1000, 2000, 4000];
const FAILURE_DELAYS_MS = [250, 500, 1000];
const RETRY_AFTER_MS_MAX = 30_000;

/** What a try came to, as far as the wait before the next one goes. */
export interface TryOutcome {
  /** `undefined` when no answer came. */
  readonly status: number | undefined;
  readonly retryAfter: string | null;
}

/**
 * How long to wait before the next try, `undefined` when there should be none: the tries are used up, the answer is
 * final, or the server asks for more patience than 30 s.
 *
 * @param triesBefore tries made so far, 1 after the first
 */
export function retryDelayMs(outcome: TryOutcome, triesBefore: number, nowMs: number): number | undefined {
  if (outcome.status !== undefined && !isRetryableStatus(outcome.status)) return undefined;
  const schedule = outcome.status === 429 ? RATE_LIMIT_DELAYS_MS : FAILURE_DELAYS_MS;
  const scheduledMs = schedule[triesBefore - 1];
  if (scheduledMs === undefined) return undefined;
  const askedMs = retryAfterMs(outcome.retryAfter, nowMs);
  return askedMs > RETRY_AFTER_MS_MAX ? undefined : Math.max(scheduledMs, askedMs);
}

/** Both forms of `Retry-After`, seconds and HTTP date; 0 when it is absent or neither. */
function retryAfterMs(header: string | null, nowMs: number): number {
  if (header === null) return 0;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const atMs = Date.parse(header);
  return Number.isNaN(atMs) ? 0 : Math.max(0, atMs - nowMs);
}
