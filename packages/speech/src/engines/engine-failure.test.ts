import { describe, expect, it } from 'vitest';
import { engineError, failureName, isRetryable } from './engine-failure.ts';

describe('failureName', () => {
  it.each<{ given: unknown; want: string }>([
    { given: Object.assign(new Error('my PIN is 5937'), { code: 'ECONNRESET' }), want: 'ECONNRESET' },
    {
      given: Object.assign(new Error('no'), { name: 'LimitExceededException' }),
      want: 'LimitExceededException',
    },
    { given: new Error('wrapper', { cause: new TypeError('my PIN is 5937') }), want: 'TypeError' },
    { given: Object.assign(new Error('no'), { name: 'my PIN is 5937' }), want: 'unknown failure' },
    { given: Object.assign(new Error('no'), { code: 'my PIN is 5937' }), want: 'unknown failure' },
    { given: 'my PIN is 5937', want: 'unknown failure' },
    { given: undefined, want: 'unknown failure' },
  ])('gives $want', ({ given, want }) => {
    expect(failureName(given)).toBe(want);
  });
});

describe('engineError', () => {
  it.each([
    { failure: 'unavailable', retryable: true },
    { failure: 'limited', retryable: true },
    { failure: 'refused', retryable: false },
  ] as const)('says whether $failure is worth another try', ({ failure, retryable }) => {
    const error = engineError('deepgram', failure, 'HTTP 500');
    expect(error.message).toBe('Cannot recognise speech with deepgram: HTTP 500');
    expect(error.cause).toBeUndefined();
    expect(isRetryable(error)).toBe(retryable);
  });
});
