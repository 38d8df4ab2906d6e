import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from './column-types.ts';

// The same cases in every run: a search for new ones is made on purpose, with another seed.
fc.configureGlobal({ seed: 20_261_123 });

describe('parseInstant', () => {
  it.each([
    { given: '2026-11-23 10:15:00.123+00', want: '2026-11-23T10:15:00.123Z' },
    { given: '2026-11-23 10:15:00.1+00', want: '2026-11-23T10:15:00.100Z' },
    { given: '2026-11-23 10:15:00.02+00', want: '2026-11-23T10:15:00.020Z' },
    { given: '2026-11-23 10:15:00+00', want: '2026-11-23T10:15:00.000Z' },
    { given: '2026-11-23 10:15:00.123456+00', want: '2026-11-23T10:15:00.123Z' },
    { given: '2026-11-23 10:15:00.5-05', want: '2026-11-23T15:15:00.500Z' },
    { given: '2026-11-23 10:15:00+05:30', want: '2026-11-23T04:45:00.000Z' },
    { given: '0099-02-28 00:00:00+00', want: '0099-02-28T00:00:00.000Z' },
  ])('reads $given', ({ given, want }) => {
    expect(parseInstant(given)).toBe(Date.parse(want));
  });

  it('reads every instant of four-digit years as the calendar does', () => {
    const range = { min: new Date('0100-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z') };
    fc.assert(
      fc.property(fc.date({ ...range, noInvalidDate: true }), (date) => {
        const text = date
          .toISOString()
          .replace('T', ' ')
          .replace(/\.?0*Z$/, '+00');
        expect(parseInstant(text)).toBe(date.getTime());
      }),
    );
  });
});
