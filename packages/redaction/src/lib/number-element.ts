import {
  DIGIT_PLURALS,
  DIGIT_WORDS,
  HOMOPHONES,
  MULTIPLIERS,
  TEEN_WORDS,
  TENS_WORDS,
} from './number-words.ts';
import type { Token } from './tokenize.ts';

/** One number as it was said or written: "four", "forty one", "double five", "4111". */
export interface NumberElement {
  /** Token indexes, `last` included. */
  readonly first: number;
  readonly last: number;
  readonly spoken: boolean;
  /** The digits it may stand for, most likely first; at most two. */
  readonly readings: readonly [string, ...string[]];
}

/** Reads the number that starts at token `at`, if one does. */
export function readNumberElement(tokens: readonly Token[], at: number): NumberElement | undefined {
  const token = tokens[at];
  if (token?.kind === 'number') return { first: at, last: at, spoken: false, readings: [token.text] };
  if (token?.kind !== 'word') return undefined;
  return readRepeated(tokens, at) ?? readPlural(tokens, at) ?? readCardinal(tokens, at);
}

function readRepeated(tokens: readonly Token[], at: number): NumberElement | undefined {
  const count = MULTIPLIERS.get(tokens[at]?.text ?? '');
  if (count === undefined) return undefined;
  let digitAt = at + 1;
  while (digitAt <= at + PAUSE_WORDS_MAX && PAUSES.has(tokens[digitAt]?.text ?? '')) digitAt += 1;
  const text = tokens[digitAt]?.text ?? '';
  const word = DIGIT_PLURALS.get(text) ?? DIGIT_WORDS.get(text) ?? misheardDigit(tokens, digitAt);
  const digit = word ?? (/^(?:[0-9]|o|oh)$/.test(text) ? text : undefined);
  if (digit === undefined) return undefined;
  const value = /^[0-9]$/.test(digit) ? digit : '0';
  return { first: at, last: digitAt, spoken: true, readings: [value.repeat(count)] };
}

const PAUSES: ReadonlySet<string> = new Set(['um', 'uh', 'er', 'okay', ',']);
const PAUSE_WORDS_MAX = 2;

/** "Double for double eight": where another number follows at once. */
function misheardDigit(tokens: readonly Token[], at: number): string | undefined {
  const digit = HOMOPHONES.get(tokens[at]?.text ?? '');
  const next = tokens[at + 1]?.text ?? '';
  const goesOn =
    MULTIPLIERS.has(next) || DIGIT_WORDS.has(next) || TEEN_WORDS.has(next) || TENS_WORDS.has(next);
  return goesOn ? digit : undefined;
}

/** "three zeros", "two fives". */
function readPlural(tokens: readonly Token[], at: number): NumberElement | undefined {
  const count = Number(DIGIT_WORDS.get(tokens[at]?.text ?? '') ?? 0);
  const digit = DIGIT_PLURALS.get(tokens[at + 1]?.text ?? '');
  if (digit === undefined || count < 2) return undefined;
  return { first: at, last: at + 1, spoken: true, readings: [digit.repeat(count)] };
}

function readCardinal(tokens: readonly Token[], at: number): NumberElement | undefined {
  const below = readBelowHundred(tokens, at);
  if (below === undefined) return undefined;
  const hundreds = withScale(tokens, below, 'hundred', 2, readBelowHundred) ?? below;
  return withScale(tokens, hundreds, 'thousand', 3, readBelowThousand) ?? hundreds;
}

function readBelowThousand(tokens: readonly Token[], at: number): NumberElement | undefined {
  const below = readBelowHundred(tokens, at);
  return below === undefined
    ? undefined
    : (withScale(tokens, below, 'hundred', 2, readBelowHundred) ?? below);
}

/** "four hundred", "four hundred and twelve", "two thousand twenty four". */
function withScale(
  tokens: readonly Token[],
  base: NumberElement,
  scale: string,
  zeroes: number,
  readRest: (tokens: readonly Token[], at: number) => NumberElement | undefined,
): NumberElement | undefined {
  const scaleAt = base.last + 1;
  if (tokens[scaleAt]?.text !== scale) return undefined;
  const [value] = base.readings;
  const round = value + '0'.repeat(zeroes);
  const alone: NumberElement = { first: base.first, last: scaleAt, spoken: true, readings: [round] };
  const restAt = tokens[scaleAt + 1]?.text === 'and' ? scaleAt + 2 : scaleAt + 1;
  const rest = readRest(tokens, restAt);
  const restDigits = rest?.readings[0] ?? '';
  if (rest === undefined || restDigits.length > zeroes || restDigits.startsWith('0')) return alone;
  // "eight hundred five five five": digits that go on are said one by one and belong to no hundred.
  if (restDigits.length === 1 && restAt === scaleAt + 1 && isDigitWord(tokens[rest.last + 1])) return alone;
  const joined = value + restDigits.padStart(zeroes, '0');
  return { first: base.first, last: rest.last, spoken: true, readings: [joined, round + restDigits] };
}

function isDigitWord(token: Token | undefined): boolean {
  return token !== undefined && (DIGIT_WORDS.has(token.text) || token.text === 'oh');
}

function readBelowHundred(tokens: readonly Token[], at: number): NumberElement | undefined {
  const word = tokens[at]?.text ?? '';
  const small = DIGIT_WORDS.get(word) ?? TEEN_WORDS.get(word);
  if (small !== undefined) return { first: at, last: at, spoken: true, readings: [small] };
  const tens = TENS_WORDS.get(word);
  if (tens === undefined) return undefined;
  const digitAt = tokens[at + 1]?.text === '-' ? at + 2 : at + 1;
  const digit = DIGIT_WORDS.get(tokens[digitAt]?.text ?? '');
  if (digit === undefined || digit === '0') return { first: at, last: at, spoken: true, readings: [tens] };
  return { first: at, last: digitAt, spoken: true, readings: [tens.charAt(0) + digit, tens + digit] };
}
