import { describe, expect, it } from 'vitest';
import { findingTimes } from './finding-times.ts';

describe('findingTimes', () => {
  it('gives a masked digit as much time as five other characters, and 400 ms on either side', () => {
    const got = findingTimes('my pin is ####', [{ entity: 'PIN', start: 10, end: 14 }], 1000, 4000);
    expect(got).toEqual([{ type: 'PIN', startMs: 1600, endMs: 4000 }]);
  });

  it.each([
    { given: 'an empty text', text: '', start: 0, end: 0, endMs: 500 },
    { given: 'offsets beyond the text', text: '##', start: 0, end: 99, endMs: 500 },
    { given: 'times that run backwards', text: '##', start: 0, end: 2, endMs: -5 },
  ])('stays inside the turn for $given', ({ text, start, end, endMs }) => {
    for (const interval of findingTimes(text, [{ entity: 'PIN', start, end }], 0, endMs)) {
      expect(interval.startMs).toBeGreaterThanOrEqual(0);
      expect(interval.endMs).toBeLessThanOrEqual(Math.max(endMs, 0));
    }
  });
});
