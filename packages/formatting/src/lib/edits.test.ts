import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, composeEdits, type Edit } from './edits.ts';

const editsOf = (text: string): fc.Arbitrary<Edit[]> =>
  fc
    .array(fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 4 }), fc.string({ maxLength: 4 })), { maxLength: 6 })
    .map((parts) => {
      const edits: Edit[] = [];
      let at = 0;
      for (const [gap, length, replacement] of parts) {
        const start = at + gap;
        const end = start + length;
        if (end > text.length) break;
        edits.push({ start, end, replacement });
        at = end + 1;
      }
      return edits;
    });

describe('applyEdits', () => {
  it('replaces each stretch and keeps the rest', () => {
    const edits = [
      { start: 0, end: 1, replacement: 'X' },
      { start: 2, end: 2, replacement: '-' },
      { start: 3, end: 4, replacement: '' },
    ];
    expect(applyEdits('abcd', edits)).toBe('Xb-c');
  });
});

describe('composeEdits', () => {
  it('does at once what both do one after the other', () => {
    const given = fc.string({ maxLength: 30 }).chain((text) =>
      editsOf(text).chain((earlier) => {
        const between = applyEdits(text, earlier);
        return editsOf(between).map((later) => ({ text, earlier, between, later }));
      }),
    );
    fc.assert(
      fc.property(given, ({ text, earlier, between, later }) => {
        const composed = composeEdits(text, earlier, later);
        expect(applyEdits(text, composed)).toBe(applyEdits(between, later));
        for (const [i, { start, end }] of composed.entries()) {
          expect(start).toBeGreaterThanOrEqual(composed[i - 1]?.end ?? 0);
          expect(end).toBeGreaterThanOrEqual(start);
        }
      }),
      { numRuns: 3000, seed: 20_261_123 },
    );
  });
});
