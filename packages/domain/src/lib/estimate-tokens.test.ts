import { describe, expect, it } from 'vitest';
import { estimateTokens } from './estimate-tokens.ts';

/** `before|content|after` of each token. */
function split(text: string): readonly string[] {
  return estimateTokens(text, 0, 1000).map(
    ({ content, punctuationBefore = '', punctuationAfter = '' }) =>
      `${punctuationBefore}|${content}|${punctuationAfter}`,
  );
}

describe('estimateTokens', () => {
  it.each([
    { given: 'Thank you, sir.', want: ['|Thank|', '|you|,', '|sir|.'] },
    { given: '(Really?!) "yes"', want: ['(|Really|?!)', '"|yes|"'] },
    { given: '¿Cómo está usted?', want: ['¿|Cómo|', '|está|', '|usted|?'] },
    { given: "I don't co-sign", want: ['|I|', "|don't|", '|co-sign|'] },
    { given: 'It is $59.99, or 12%.', want: ['|It|', '|is|', '|$59.99|,', '|or|', '|12%|.'] },
    { given: 'minus -5 and wel- well', want: ['|minus|', '|-5|', '|and|', '|wel|-', '|well|'] },
    { given: 'PIN is ####', want: ['|PIN|', '|is|', '|####|'] },
    { given: 'so - no … yes', want: ['|so|-', '|no|…', '|yes|'] },
    { given: '- well', want: ['-|well|'] },
    { given: ' \n', want: [] },
    { given: '...', want: [] },
  ])('splits $given', ({ given, want }) => {
    expect(split(given)).toEqual(want);
  });

  it('gives each word a share of the time by its letters and says so', () => {
    expect(estimateTokens('Thank you, sir.', 4744, 5600)).toEqual([
      { content: 'Thank', start: 4744, end: 5133, estimated: true },
      { content: 'you', start: 5133, end: 5367, punctuationAfter: ',', estimated: true },
      { content: 'sir', start: 5367, end: 5600, punctuationAfter: '.', estimated: true },
    ]);
  });

  const times = (...args: Parameters<typeof estimateTokens>): readonly (readonly number[])[] =>
    estimateTokens(...args).map(({ start, end }) => [start, end]);

  it('leaves the pauses between voiced spans to nobody', () => {
    const voiced = [
      { startMs: 100, endMs: 300 },
      { startMs: 600, endMs: 800 },
    ];
    expect(times('ab cd', 0, 1000, voiced)).toEqual([
      [100, 300],
      [600, 800],
    ]);
    expect(times('abcd ef gh', 0, 1000, voiced)).toEqual([
      [100, 300],
      [600, 700],
      [700, 800],
    ]);
    expect(times('a bc d', 0, 1000, voiced)).toEqual([
      [100, 200],
      [200, 700],
      [700, 800],
    ]);
  });

  it('looks at voiced spans only as far as they are in the utterance', () => {
    const voiced = [
      { startMs: 0, endMs: 50 },
      { startMs: 90, endMs: 200 },
      { startMs: 400, endMs: 900 },
    ];
    expect(times('ab', 100, 500, voiced)).toEqual([[100, 500]]);
    expect(times('ab', 100, 300, [{ startMs: 900, endMs: 950 }])).toEqual([[100, 300]]);
  });

  it('never goes back and stays within the utterance', () => {
    const words = Array.from({ length: 97 }, (_, n) => 'x'.repeat((n * 7) % 13) || '-1').join(' ');
    for (const endMs of [1000, 1001, 1037, 31_000, 900]) {
      const edges = estimateTokens(words, 1000, endMs).flatMap(({ start, end }) => [start, end]);
      expect(edges).toEqual(edges.toSorted((a, b) => a - b));
      expect([edges[0], edges.at(-1)]).toEqual([1000, Math.max(1000, endMs)]);
    }
  });
});
