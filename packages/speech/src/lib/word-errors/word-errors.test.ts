import { describe, expect, it } from 'vitest';
import { countWordErrors, wordErrorRate } from './word-errors.ts';

describe('countWordErrors', () => {
  const cases = [
    { reference: 'a b c', hypothesis: 'A, b c.', want: [0, 0, 0, 3] },
    { reference: 'a b c', hypothesis: 'a x c', want: [1, 0, 0, 3] },
    { reference: 'a b c', hypothesis: 'a c', want: [0, 1, 0, 3] },
    { reference: 'a b c', hypothesis: 'a b b c', want: [0, 0, 1, 3] },
    { reference: 'a b c', hypothesis: '', want: [0, 3, 0, 3] },
    { reference: '', hypothesis: 'a b', want: [0, 0, 2, 0] },
    { reference: 'one two three four', hypothesis: 'two three four five', want: [0, 1, 1, 4] },
    { reference: 'my mail box is full', hypothesis: 'My mailbox is full', want: [0, 0, 0, 5] },
    { reference: 'Nbs', hypothesis: 'N B S', want: [0, 0, 0, 1] },
    { reference: 'a rerecord', hypothesis: 'are re-record', want: [1, 0, 0, 2] },
    { reference: 'H.323 in 2019', hypothesis: 'H three two three, in 2019', want: [0, 0, 0, 9] },
    { reference: 'a twenty nineteen', hypothesis: 'A 2019.', want: [0, 0, 0, 3] },
    { reference: 'dial 411', hypothesis: 'dial four twelve', want: [1, 0, 0, 3] },
    { reference: 'call 911', hypothesis: 'call nine hundred eleven', want: [0, 0, 0, 4] },
  ];
  it.each(cases)(
    'finds the fewest between "$reference" and "$hypothesis"',
    ({ reference, hypothesis, want }) => {
      const { substitutions, deletions, insertions, words } = countWordErrors(reference, hypothesis);
      expect([substitutions, deletions, insertions, words]).toEqual(want);
    },
  );
});

describe('wordErrorRate', () => {
  it('weighs by words, not by clips', () => {
    const counts = [countWordErrors('a b c d e f g h', 'a b c d e f g h'), countWordErrors('a b', 'x y')];
    expect(wordErrorRate(counts)).toBe(0.2);
  });

  it('is 0 for silence heard as silence and 1 for words heard in it', () => {
    expect([wordErrorRate([countWordErrors('', '')]), wordErrorRate([countWordErrors('', 'a b')])]).toEqual([
      0, 1,
    ]);
  });
});
