import { MULTIPLIERS, UNIT_WORDS, ZERO_LETTERS } from './number-words.ts';
import { readBelowHundred } from './read-cardinal.ts';
import { following, type Token } from './tokenize.ts';

/** `digit`: said or written one by one ("five", "double five", "5"); `written`: "415"; `spoken`: "fifty five". */
export interface DigitElement {
  readonly first: number;
  readonly last: number;
  readonly kind: 'digit' | 'written' | 'spoken';
  readonly digits: string;
}

/** Digits said without a pause. */
export interface DigitGroup {
  readonly elements: DigitElement[];
}

/** @param afterDigit whether digits come before: only then "oh" is one without a digit behind it */
export function readDigitElement(
  tokens: readonly Token[],
  at: number,
  afterDigit: boolean,
): DigitElement | undefined {
  const token = tokens[at];
  if (token?.kind === 'number') {
    if (!/^[0-9]+$/.test(token.text)) return undefined;
    return { first: at, last: at, kind: token.text.length === 1 ? 'digit' : 'written', digits: token.text };
  }
  if (token?.kind !== 'word') return undefined;
  const digit = UNIT_WORDS.get(token.text);
  if (digit !== undefined) return readHundred(tokens, at, digit);
  if (ZERO_LETTERS.has(token.text)) {
    const isZero = afterDigit || leadsToDigit(tokens, at);
    return isZero ? { first: at, last: at, kind: 'digit', digits: '0' } : undefined;
  }
  return readRepeated(tokens, at) ?? readPair(tokens, at);
}

function readHundred(tokens: readonly Token[], at: number, digit: number): DigitElement {
  const next = following(tokens, at);
  const isHundred = tokens[next]?.text === 'hundred' && digit > 0;
  return isHundred
    ? { first: at, last: next, kind: 'spoken', digits: `${digit}00` }
    : { first: at, last: at, kind: 'digit', digits: String(digit) };
}

function readPair(tokens: readonly Token[], at: number): DigitElement | undefined {
  const pair = readBelowHundred(tokens, at);
  return pair && { first: at, last: pair.last, kind: 'spoken', digits: String(pair.value) };
}

function readRepeated(tokens: readonly Token[], at: number): DigitElement | undefined {
  const count = MULTIPLIERS.get(tokens[at]?.text ?? '');
  const next = following(tokens, at);
  const digit = count === undefined ? undefined : digitOf(tokens[next]?.text ?? '');
  if (count === undefined || digit === undefined) return undefined;
  return { first: at, last: next, kind: 'digit', digits: digit.repeat(count) };
}

function digitOf(text: string): string | undefined {
  if (/^[0-9]$/.test(text)) return text;
  if (ZERO_LETTERS.has(text)) return '0';
  const digit = UNIT_WORDS.get(text);
  return digit === undefined ? undefined : String(digit);
}

/** "oh one", "oh oh seven". */
function leadsToDigit(tokens: readonly Token[], at: number): boolean {
  const next = following(tokens, at);
  const text = tokens[next]?.text ?? '';
  if (ZERO_LETTERS.has(text)) return digitOf(tokens[following(tokens, next)]?.text ?? '') !== undefined;
  return digitOf(text) !== undefined || MULTIPLIERS.has(text);
}
