import { describe, expect, it } from 'vitest';
import type { Verdict } from './classify-response.ts';
import { decideAttempt, type EndedAttempt } from './decide-attempt.ts';

const nowMs = Date.UTC(2026, 10, 23);
const failed = (status: number | undefined): Verdict => ({
  state: 'failed',
  status,
  errorCode: 'webhook.status',
  detail: 'why',
});
const delivered: Verdict = { state: 'delivered', status: 204, errorCode: undefined, detail: undefined };
const block = { policy: 'durable', headOfLine: 'block', skipAfterAttempts: 3 } as const;
const skip = { ...block, headOfLine: 'skip-after-attempts' } as const;
const realtime = { ...block, policy: 'realtime' } as const;

describe('decideAttempt', () => {
  const first = { repeatable: true, attemptCount: 1, retryAfterMs: undefined, nowMs, random: 0.5 };
  const cases: readonly {
    given: string;
    endpoint: typeof block | typeof skip | typeof realtime;
    ended: Partial<EndedAttempt> & Pick<EndedAttempt, 'verdict'>;
    want: object;
  }[] = [
    { given: 'a 2xx', endpoint: block, ended: { verdict: delivered }, want: { state: 'delivered' } },
    { given: 'a 500', endpoint: block, ended: { verdict: failed(500) }, want: retryIn(1000) },
    { given: 'a 400', endpoint: block, ended: { verdict: failed(400) }, want: retryIn(1000) },
    { given: 'no answer', endpoint: block, ended: { verdict: failed(undefined) }, want: retryIn(1000) },
    { given: 'a 410', endpoint: block, ended: { verdict: failed(410) }, want: { state: 'dead' } },
    {
      given: 'what can never be sent',
      endpoint: block,
      ended: { verdict: failed(undefined), repeatable: false },
      want: { state: 'dead' },
    },
    {
      given: 'the tenth failure',
      endpoint: block,
      ended: { verdict: failed(500), attemptCount: 10 },
      want: retryIn(86_400_000),
    },
    {
      given: 'the eleventh failure',
      endpoint: block,
      ended: { verdict: failed(500), attemptCount: 11 },
      want: { state: 'dead' },
    },
    {
      given: 'a longer Retry-After',
      endpoint: block,
      ended: { verdict: failed(429), retryAfterMs: 90_000 },
      want: retryIn(90_000),
    },
    {
      given: 'a Retry-After shorter than the schedule',
      endpoint: block,
      ended: { verdict: failed(503), retryAfterMs: 0 },
      want: retryIn(1000),
    },
    {
      given: 'the second failure of three',
      endpoint: skip,
      ended: { verdict: failed(500), attemptCount: 2 },
      want: retryIn(3000),
    },
    {
      given: 'the third failure of three',
      endpoint: skip,
      ended: { verdict: failed(500), attemptCount: 3 },
      want: { state: 'dead' },
    },
    {
      given: 'a realtime 500',
      endpoint: realtime,
      ended: { verdict: failed(500) },
      want: { state: 'failed' },
    },
    {
      given: 'a realtime 2xx',
      endpoint: realtime,
      ended: { verdict: delivered },
      want: { state: 'delivered' },
    },
  ];
  it.each(cases)('answers $want for $given', ({ endpoint, ended, want }) => {
    expect(decideAttempt(endpoint, { ...first, ...ended })).toEqual(want);
  });

  function retryIn(waitMs: number): object {
    return { state: 'retry', nextAttemptAtMs: nowMs + waitMs };
  }
});
