import type { DeliveryResult, Endpoint } from '@earshot/storage';
import type { Verdict } from './classify-response.ts';
import { retryDelayMs } from './retry-schedule.ts';

const GONE = 410;
const WAIT_MS_MAX = 26 * 3_600_000;

export interface EndedAttempt {
  readonly verdict: Verdict;
  /** Whether another attempt could come out differently. */
  readonly repeatable: boolean;
  /** Attempts since the message was committed or replayed, with this one. */
  readonly attemptCount: number;
  /** What the target asked for; undefined when nothing. */
  readonly retryAfterMs: number | undefined;
  readonly nowMs: number;
  /** In [0, 1). */
  readonly random: number;
}

/** What an attempt makes of its message, by the policy of the endpoint. Realtime: one attempt, whatever came of it. */
export function decideAttempt(
  endpoint: Pick<Endpoint, 'policy' | 'headOfLine' | 'skipAfterAttempts'>,
  ended: EndedAttempt,
): Pick<DeliveryResult, 'state' | 'nextAttemptAtMs'> {
  const { verdict, attemptCount } = ended;
  if (verdict.state === 'delivered' || endpoint.policy === 'realtime') return { state: verdict.state };
  if (!ended.repeatable || isGone(verdict)) return { state: 'dead' };
  if (endpoint.headOfLine === 'skip-after-attempts' && attemptCount >= endpoint.skipAfterAttempts) {
    return { state: 'dead' };
  }
  const delayMs = retryDelayMs(attemptCount, ended.random);
  if (delayMs === undefined) return { state: 'dead' };
  const waitMs = Math.min(Math.max(delayMs, ended.retryAfterMs ?? 0), WAIT_MS_MAX);
  return { state: 'retry', nextAttemptAtMs: ended.nowMs + waitMs };
}

/** The target wants nothing any more: its endpoint is disabled. */
export function isGone({ status }: Pick<Verdict, 'status'>): boolean {
  return status === GONE;
}
