import { describe, expect, it } from 'vitest';
import { guardRepetition } from './repetition-guard.ts';

const decoded = (tokens: readonly string[]): { text: string; tokens: readonly string[] } => ({
  text: tokens.join(''),
  tokens,
});
const times = (count: number, ...tokens: string[]): string[] =>
  Array.from({ length: count }, () => tokens).flat();

describe('guardRepetition', () => {
  it.each([
    {
      given: 'ordinary speech',
      tokens: [' Hello', ',', ' Tom', '.'],
      durationMs: 1500,
      want: ' Hello, Tom.',
    },
    { given: 'a word said four times', tokens: times(4, ' no'), durationMs: 2000, want: ' no no no no' },
    {
      given: 'a word said five times',
      tokens: [' Oh', ...times(5, ' no')],
      durationMs: 3000,
      want: ' Oh no',
    },
    { given: 'a pair said four times', tokens: times(4, ' bye', '-'), durationMs: 3000, want: ' bye-' },
    {
      given: 'a hurried sentence of 24 tokens in 3 s',
      tokens: Array.from({ length: 24 }, (_, index) => ` w${index}`),
      durationMs: 3070,
      want: Array.from({ length: 24 }, (_, index) => ` w${index}`).join(''),
    },
    { given: 'a runaway syllable', tokens: [' A', ...times(44, 'hh')], durationMs: 3000, want: ' Ahh' },
    { given: 'runaway digits', tokens: [' ', ...times(60, '0')], durationMs: 4000, want: ' 0' },
    {
      given: 'a card number full of zeros at a speaker’s pace',
      tokens: [' ', '4', ...times(14, '0'), '7'],
      durationMs: 6000,
      want: ' 4000000000000007',
    },
    {
      given: 'a card number of groups that repeat at a speaker’s pace',
      tokens: times(4, ' ', '4', '2', '1'),
      durationMs: 6000,
      want: ' 421 421 421 421',
    },
    {
      given: 'a card number full of ones as words',
      tokens: [' four', ...times(3, ' one'), ',', ...times(3, ...times(4, ' one'), ','), ' two'],
      durationMs: 7000,
      want: ' four one one one, one one one one, one one one one, one one one one, two',
    },
    { given: 'a runaway digit word', tokens: times(60, ' one'), durationMs: 4000, want: ' one' },
    {
      given: 'more than anybody can say, without repetition',
      tokens: Array.from({ length: 30 }, (_, index) => ` w${index}`),
      durationMs: 1000,
      want: '',
    },
  ])('$given', ({ tokens, durationMs, want }) => {
    expect(guardRepetition(decoded(tokens), durationMs)).toBe(want);
  });
});
