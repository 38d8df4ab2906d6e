import { describe, expect, it } from 'vitest';
import { speechOf, type StreamWord } from './stream-words.ts';

const word = (content: string, startMs: number, endMs: number): StreamWord => ({ content, startMs, endMs });

describe('speechOf', () => {
  it.each<{ given: string; words: StreamWord[]; want: unknown }>([
    { given: 'no words', words: [], want: { text: '' } },
    {
      given: 'times of the stream',
      words: [{ ...word('Yes', 10_100.4, 10_300.6), punctuationAfter: ',' }, word('please', 10_301, 10_800)],
      want: {
        text: 'Yes, please',
        words: [
          { content: 'Yes', startMs: 100, endMs: 301, punctuationAfter: ',' },
          { content: 'please', startMs: 301, endMs: 800 },
        ],
      },
    },
    {
      given: 'a late word of the utterance before',
      words: [word('late', 9000, 9900), word('own', 10_100, 10_200)],
      want: { text: 'own', words: [{ content: 'own', startMs: 100, endMs: 200 }] },
    },
    {
      given: 'times outside of the utterance',
      words: [word('early', 9990, 10_050), word('over', 10_900, 11_400), word('after', 11_500, 11_900)],
      want: {
        text: 'early over after',
        words: [
          { content: 'early', startMs: 0, endMs: 50 },
          { content: 'over', startMs: 900, endMs: 1000 },
          { content: 'after', startMs: 1000, endMs: 1000 },
        ],
      },
    },
    {
      given: 'times out of order',
      words: [word('first', 10_500, 10_600), word('second', 10_400, 10_550)],
      want: {
        text: 'first second',
        words: [
          { content: 'first', startMs: 500, endMs: 600 },
          { content: 'second', startMs: 500, endMs: 550 },
        ],
      },
    },
  ])('reads $given', ({ words, want }) => {
    expect(speechOf(words, 10_000, 11_000)).toEqual(want);
  });
});
