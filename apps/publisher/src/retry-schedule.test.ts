import { describe, expect, it } from 'vitest';
import { RETRY_DELAYS_MS, retryDelayMs } from './retry-schedule.ts';

describe('retryDelayMs', () => {
  const cases: readonly { given: [number, number]; want: number | undefined }[] = [
    { given: [1, 0.5], want: 1000 },
    { given: [1, 0], want: 900 },
    { given: [1, 1], want: 1100 },
    { given: [2, 0.5], want: 3000 },
    { given: [5, 0.75], want: 126_000 },
    { given: [10, 0.5], want: 86_400_000 },
    { given: [11, 0.5], want: undefined },
    { given: [500, 0.5], want: undefined },
  ];
  it.each(cases)('answers $want for $given', ({ given, want }) => {
    expect(retryDelayMs(...given)).toBe(want);
  });

  it('never waits less than for the attempt before, whatever the jitter', () => {
    for (let failed = 2; failed <= RETRY_DELAYS_MS.length; failed += 1) {
      expect(retryDelayMs(failed, 0)).toBeGreaterThan(retryDelayMs(failed - 1, 1) ?? Infinity);
    }
  });
});
