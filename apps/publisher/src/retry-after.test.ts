import { describe, expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

describe('retryAfterMs', () => {
  const nowMs = Date.UTC(2026, 10, 23, 12);
  const cases: readonly { given: string | undefined; want: number | undefined }[] = [
    { given: undefined, want: undefined },
    { given: '', want: undefined },
    { given: '0', want: 0 },
    { given: '120', want: 120_000 },
    { given: ' 7 ', want: 7000 },
    { given: '86400', want: 86_400_000 },
    { given: '86401', want: 86_400_000 },
    { given: '999999999999999', want: 86_400_000 },
    { given: '9999999999999999', want: undefined },
    { given: '-5', want: undefined },
    { given: '1.5', want: undefined },
    { given: 'soon', want: undefined },
    { given: 'Mon, 23 Nov 2026 12:00:30 GMT', want: 30_000 },
    { given: 'Mon, 23 Nov 2026 11:00:00 GMT', want: 0 },
    { given: 'Fri, 23 Nov 2035 12:00:00 GMT', want: 86_400_000 },
    { given: '2026-11-23T12:00:30Z', want: undefined },
    { given: 'Mon, 99 Nov 2026 12:00:30 GMT', want: undefined },
  ];
  it.each(cases)('answers $want for $given', ({ given, want }) => {
    expect(retryAfterMs(given, nowMs)).toBe(want);
  });
});
