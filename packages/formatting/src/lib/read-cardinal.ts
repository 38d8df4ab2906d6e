import { SCALE_WORDS, TEEN_WORDS, TENS_WORDS, UNIT_WORDS } from './number-words.ts';
import { following, type Token } from './tokenize.ts';

/** A whole number as said ("two hundred and five") or written ("205", "1,200", "3.5"). */
export interface Cardinal {
  /** Index of its last token. */
  readonly last: number;
  readonly value: number;
  /** As people write it, thousands marked; "2 million". */
  readonly text: string;
  readonly spoken: boolean;
}

const WRITTEN_CHARS_MAX = 15;
const YEARS = { first: 2001, last: 2099 };

export function readCardinal(tokens: readonly Token[], at: number): Cardinal | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  if (token.kind === 'number') return readWritten(tokens, at, token.text);
  if (token.kind !== 'word') return undefined;
  return readSpoken(tokens, at);
}

function readWritten(tokens: readonly Token[], at: number, text: string): Cardinal | undefined {
  if (text.length > WRITTEN_CHARS_MAX) return undefined;
  const value = Number(text.replaceAll(',', ''));
  const next = following(tokens, at);
  const scale = tokens[next]?.text ?? '';
  if (scale !== 'million' && scale !== 'billion') return { last: at, value, text, spoken: false };
  return {
    last: next,
    value: value * (SCALE_WORDS.get(scale) ?? 1),
    text: `${text} ${scale}`,
    spoken: false,
  };
}

interface Part {
  readonly last: number;
  readonly value: number;
}

function readSpoken(tokens: readonly Token[], at: number): Cardinal | undefined {
  let part = readBelowThousand(tokens, at);
  if (part === undefined) return undefined;
  let [total, last, limit] = [0, part.last, Infinity];
  for (;;) {
    const scaleAt = following(tokens, part.last);
    const scale = SCALE_WORDS.get(tokens[scaleAt]?.text ?? '');
    if (scale === undefined || scale >= limit || part.value === 0) break;
    total += part.value * scale;
    [last, limit] = [scaleAt, scale];
    const rest = readRest(tokens, scaleAt, readBelowThousand);
    if (rest === undefined || rest.value === 0) return cardinalOf(tokens, total, last);
    part = rest;
  }
  if (part.value >= limit) return cardinalOf(tokens, total, last);
  return cardinalOf(tokens, total + part.value, part.last);
}

function cardinalOf(tokens: readonly Token[], value: number, last: number): Cardinal {
  const scale = tokens[last]?.text ?? '';
  if (scale !== 'million' && scale !== 'billion') {
    return { last, value, text: writeWhole(value), spoken: true };
  }
  const count = value / (SCALE_WORDS.get(scale) ?? 1);
  const text = Number.isInteger(count) && count < 1000 ? `${count} ${scale}` : groupThousands(value);
  return { last, value, text, spoken: true };
}

/** Years keep their four digits together. */
function writeWhole(value: number): string {
  const isYear = (value >= YEARS.first && value <= YEARS.last) || value === 1900;
  return isYear ? String(value) : groupThousands(value);
}

function groupThousands(value: number): string {
  const digits = String(value);
  if (digits.length <= 3) return digits;
  const head = digits.length % 3;
  const groups = digits.slice(head).match(/[0-9]{3}/g) ?? [];
  return [...(head > 0 ? [digits.slice(0, head)] : []), ...groups].join(',');
}

export function readBelowHundred(tokens: readonly Token[], at: number): Part | undefined {
  const token = tokens[at];
  if (token?.kind !== 'word') return undefined;
  const small = UNIT_WORDS.get(token.text) ?? TEEN_WORDS.get(token.text);
  if (small !== undefined) return { last: at, value: small };
  const tens = TENS_WORDS.get(token.text);
  if (tens === undefined) return undefined;
  const unitAt = following(tokens, at);
  const unit = UNIT_WORDS.get(tokens[unitAt]?.text ?? '');
  return unit === undefined || unit === 0 ? { last: at, value: tens } : { last: unitAt, value: tens + unit };
}

function readBelowThousand(tokens: readonly Token[], at: number): Part | undefined {
  const base = readBelowHundred(tokens, at);
  if (base === undefined) return undefined;
  const hundredAt = following(tokens, base.last);
  if (tokens[hundredAt]?.text !== 'hundred' || base.value === 0) return base;
  const rest = readRest(tokens, hundredAt, readBelowHundred);
  const isRest = rest !== undefined && rest.value > 0;
  return isRest
    ? { last: rest.last, value: base.value * 100 + rest.value }
    : { last: hundredAt, value: base.value * 100 };
}

/** What follows a scale word, "and" allowed between. */
function readRest(
  tokens: readonly Token[],
  scaleAt: number,
  read: (tokens: readonly Token[], at: number) => Part | undefined,
): Part | undefined {
  const next = following(tokens, scaleAt);
  const from = tokens[next]?.text === 'and' ? following(tokens, next) : next;
  return read(tokens, from);
}

/** "a hundred", "a thousand and fifty". */
export function readArticleCardinal(tokens: readonly Token[], at: number): Cardinal | undefined {
  if (tokens[at]?.text !== 'a') return undefined;
  const scaleAt = following(tokens, at);
  const scale = tokens[scaleAt]?.text;
  if (scale !== 'hundred' && scale !== 'thousand') return undefined;
  const unit = scale === 'hundred' ? 100 : 1000;
  const rest = readRest(tokens, scaleAt, readBelowHundred);
  const value = unit + (rest?.value ?? 0);
  return { last: rest?.last ?? scaleAt, value, text: groupThousands(value), spoken: true };
}

/** "four or five hundred": the first may be hundreds too. */
export function sharesScale(tokens: readonly Token[], lowLast: number, highLast: number): boolean {
  const [low, high] = [tokens[lowLast]?.text ?? '', tokens[highLast]?.text ?? ''];
  return isScale(high) && !isScale(low);
}

function isScale(word: string): boolean {
  return word === 'hundred' || SCALE_WORDS.has(word);
}

/** Whether a number begins at the token; "oh" does not count. */
export function beginsNumber(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token?.kind === 'number') return true;
  if (token?.kind !== 'word') return false;
  return UNIT_WORDS.has(token.text) || TEEN_WORDS.has(token.text) || TENS_WORDS.has(token.text);
}
