import { describe, expect, it } from 'vitest';
import { wordsOfTokens } from './token-words.ts';

describe('wordsOfTokens', () => {
  it.each<{ given: string; text: string; tokens: string[]; timestamps: number[]; want: unknown }>([
    {
      given: 'pieces with spaces',
      text: 'Hello, world.',
      tokens: [' he', 'llo', ',', ' world', '.'],
      timestamps: [0.2, 0.32, 0.4, 0.52, 0.9],
      want: [
        { content: 'Hello', startMs: 200, endMs: 520, punctuationAfter: ',' },
        { content: 'world', startMs: 520, endMs: 1000, punctuationAfter: '.' },
      ],
    },
    {
      given: 'pieces with U+2581',
      text: 'Go on',
      tokens: ['\u2581GO', '\u2581O', 'N'],
      timestamps: [0.1, 0.8, 0.84],
      want: [
        { content: 'Go', startMs: 100, endMs: 340 },
        { content: 'on', startMs: 800, endMs: 1000 },
      ],
    },
    { given: 'no times', text: 'Hello', tokens: [' hello'], timestamps: [], want: undefined },
    { given: 'no tokens', text: '', tokens: [], timestamps: [], want: undefined },
    {
      given: 'tokens of other words',
      text: 'Hello there world',
      tokens: [' hello', ' world'],
      timestamps: [0.1, 0.5],
      want: undefined,
    },
    {
      given: 'times behind the audio',
      text: 'End',
      tokens: [' end'],
      timestamps: [1.4],
      want: [{ content: 'End', startMs: 1000, endMs: 1000 }],
    },
  ])('reads $given', ({ text, tokens, timestamps, want }) => {
    expect(wordsOfTokens(text, { tokens, timestamps }, 1000)).toEqual(want);
  });
});
