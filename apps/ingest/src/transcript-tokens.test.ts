import { estimateTokens } from '@earshot/domain';
import type { RecognizedWord } from '@earshot/speech';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transcriptTokens } from './transcript-tokens.ts';

// The same cases in every run: a search for new ones is made on purpose, with another seed.
fc.configureGlobal({ seed: 20_261_123 });

function word(
  content: string,
  startMs: number,
  endMs: number,
  marks: Partial<RecognizedWord> = {},
): RecognizedWord {
  return { content, startMs, endMs, ...marks };
}

/** 1000 ms into the session, one second long. */
const PLACE = { startMs: 1000, endMs: 2000, voiced: [] };

describe('transcriptTokens', () => {
  it('takes the times of the engine for the words it heard', () => {
    const words = [word('hello', 1050, 1300), word('there', 1400, 1700, { punctuationAfter: '.' })];
    expect(transcriptTokens({ ...PLACE, text: 'Hello, there.', words })).toEqual([
      { content: 'Hello', start: 1050, end: 1300, punctuationAfter: ',' },
      { content: 'there', start: 1400, end: 1700, punctuationAfter: '.' },
    ]);
  });

  it('gives a word that several were written as the whole of their time', () => {
    const words = [
      word('that', 1000, 1100),
      word('is', 1120, 1200),
      word('twenty', 1250, 1400),
      word('five', 1420, 1500),
      word('dollars', 1550, 1800),
    ];
    expect(transcriptTokens({ ...PLACE, text: 'That is $25.', words })).toEqual([
      { content: 'That', start: 1000, end: 1100 },
      { content: 'is', start: 1120, end: 1200 },
      { content: '$25', start: 1250, end: 1800, punctuationAfter: '.' },
    ]);
  });

  it('shares the time of words written otherwise, and says that it is estimated', () => {
    const words = [
      word('on', 1000, 1100),
      word('january', 1100, 1400),
      word('fifth', 1400, 1600),
      word('ok', 1700, 1800),
    ];
    expect(transcriptTokens({ ...PLACE, text: 'On January 5, 20 ok', words })).toEqual([
      { content: 'On', start: 1000, end: 1100 },
      { content: 'January', start: 1100, end: 1400 },
      { content: '5', start: 1400, end: 1467, punctuationAfter: ',', estimated: true },
      { content: '20', start: 1467, end: 1600, estimated: true },
      { content: 'ok', start: 1700, end: 1800 },
    ]);
  });

  it('puts a word nobody heard between its neighbours', () => {
    const words = [word('a', 1000, 1200), word('c', 1500, 1700)];
    expect(transcriptTokens({ ...PLACE, text: 'a b c d', words })).toEqual([
      { content: 'a', start: 1000, end: 1200 },
      { content: 'b', start: 1200, end: 1500, estimated: true },
      { content: 'c', start: 1500, end: 1700 },
      { content: 'd', start: 1700, end: 2000, estimated: true },
    ]);
  });

  it('keeps every token inside the utterance', () => {
    const words = [word('early', 700, 1100), word('late', 1900, 2300)];
    expect(transcriptTokens({ ...PLACE, text: 'early late', words })).toEqual([
      { content: 'early', start: 1000, end: 1100 },
      { content: 'late', start: 1900, end: 2000 },
    ]);
  });

  it.each([{ given: undefined }, { given: [] }])(
    'estimates on the voiced spans where words are $given',
    ({ given }) => {
      const voiced = [
        { startMs: 1000, endMs: 1200 },
        { startMs: 1600, endMs: 2000 },
      ];
      expect(transcriptTokens({ ...PLACE, text: 'ab cdef', words: given, voiced })).toEqual([
        { content: 'ab', start: 1000, end: 1200, estimated: true },
        { content: 'cdef', start: 1600, end: 2000, estimated: true },
      ]);
    },
  );

  it('gives each word of the text once, with times that never go back, whatever the engine tells', () => {
    const spoken = fc.constantFrom('one', 'two', 'five', 'dollars', 'yes');
    const times = fc.integer({ min: 0, max: 3000 });
    const heard = fc.array(fc.record({ content: spoken, startMs: times, endMs: times }), { maxLength: 12 });
    const text = fc.array(fc.constantFrom('one', 'Two,', '$25', 'yes.', '-'), { maxLength: 12 });
    fc.assert(
      fc.property(text, heard, (written, words) => {
        const given = { ...PLACE, text: written.join(' '), words };
        const tokens = transcriptTokens(given);
        const estimated = estimateTokens(given.text, given.startMs, given.endMs);
        expect(tokens.map(({ content }) => content)).toEqual(estimated.map(({ content }) => content));
        const starts = tokens.map(({ start }) => start);
        expect(starts).toEqual(starts.toSorted((a, b) => a - b));
        for (const { start, end } of tokens) {
          expect(start).toBeGreaterThanOrEqual(1000);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(2000);
        }
      }),
    );
  });

  it('puts a word nobody was told of before the next, though the word before it lasts longer', () => {
    const words = [word('one', 1000, 1500), word('one', 1200, 1300)];
    const starts = transcriptTokens({ ...PLACE, text: 'one yes. one', words }).map(({ start }) => start);
    expect(starts).toEqual([1000, 1200, 1200]);
  });

  it('estimates where comparing would take long', () => {
    const words = Array.from({ length: 600 }, (_, index) => word('one', 1000 + index, 1001 + index));
    const tokens = transcriptTokens({ ...PLACE, text: 'one '.repeat(600), words });
    expect(tokens).toHaveLength(600);
    expect(tokens.every(({ estimated }) => estimated === true)).toBe(true);
  });
});
