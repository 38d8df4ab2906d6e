import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoInstant } from './iso-instant.ts';

// The same cases in every run: a search for new ones is made on purpose, with another seed.
fc.configureGlobal({ seed: 20_261_123 });

const INSTANT_MS_MAX = 8.64e15;

describe('isoInstant', () => {
  it('writes every instant as Date does, in whatever order they come', () => {
    const instants = fc.oneof(
      fc.integer({ min: -INSTANT_MS_MAX, max: INSTANT_MS_MAX }),
      fc.integer({ min: Date.UTC(2026, 10, 23), max: Date.UTC(2026, 10, 24) }),
      fc.constantFrom(0, -1, 1, 3_599_999, 3_600_000, -3_600_001, -INSTANT_MS_MAX, INSTANT_MS_MAX),
    );
    fc.assert(
      fc.property(fc.array(instants, { minLength: 1, maxLength: 20 }), (given) => {
        expect(given.map(isoInstant)).toEqual(given.map((atMs) => new Date(atMs).toISOString()));
      }),
      { numRuns: 300 },
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, INSTANT_MS_MAX + 3_600_000])('refuses %s', (atMs) => {
    expect(() => isoInstant(atMs)).toThrow(RangeError);
  });
});
