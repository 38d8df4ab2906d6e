import { UNIT_WORDS } from './number-words.ts';
import {
  readArticleCardinal,
  readBelowHundred,
  readCardinal,
  sharesScale,
  type Cardinal,
} from './read-cardinal.ts';
import { readingOf, type Reading } from './reading.ts';
import { following, wordAfter, wordBefore, type Token } from './tokenize.ts';

interface Amount {
  readonly last: number;
  readonly text: string;
  readonly value: number;
  readonly isDecimal: boolean;
}

const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ['gigabyte', 'GB'],
  ['gigabytes', 'GB'],
  ['megabyte', 'MB'],
  ['megabytes', 'MB'],
  ['terabyte', 'TB'],
  ['terabytes', 'TB'],
  ['kilobytes', 'KB'],
]);
const DECIMALS_MAX = 12;

/** Money, percent, decimals and sizes of storage: "forty two dollars and fifty cents", "three point five percent". */
export function readQuantity(tokens: readonly Token[], at: number): Reading | undefined {
  const amount = readAmount(tokens, at) ?? readArticleCardinal(tokens, at);
  if (amount === undefined) return readWrittenMoney(tokens, at);
  // "point five percent": a decimal without its whole number
  if (wordBefore(tokens, at) === 'point') return { last: amount.last, edits: [] };
  const range = readRange(tokens, at, amount);
  if (range !== undefined) return range;
  const unit = unitAfter(tokens, amount);
  if (unit?.name === 'dollars') return readDollars(tokens, at, amount, unit.last);
  if (unit !== undefined) return readingOf(tokens, at, unit.last, attach(amount.text, unit.name));
  const isDecimal = 'isDecimal' in amount && amount.isDecimal && tokens[at]?.text !== amount.text;
  return isDecimal ? readingOf(tokens, at, amount.last, amount.text) : undefined;
}

function readAmount(tokens: readonly Token[], at: number): Amount | undefined {
  const cardinal = readCardinal(tokens, at);
  if (cardinal === undefined) return undefined;
  return readDecimal(tokens, at, cardinal) ?? { ...cardinal, isDecimal: false };
}

/** "three point five", "zero point two five million". */
function readDecimal(tokens: readonly Token[], at: number, whole: Cardinal): Amount | undefined {
  const pointAt = following(tokens, whole.last);
  if (tokens[pointAt]?.text !== 'point' || whole.text.includes('.') || whole.text.includes('illion'))
    return undefined;
  // "at one point two people left"
  if (tokens[at]?.text === 'one' && /^(?:at|the|this|that|my|any|some)$/.test(wordBefore(tokens, at)))
    return undefined;
  let digits = '';
  let last = pointAt;
  for (let next = following(tokens, last); digits.length < DECIMALS_MAX; next = following(tokens, last)) {
    const text = tokens[next]?.text ?? '';
    const digit = /^[0-9]$/.test(text) ? text : (UNIT_WORDS.get(text) ?? (text === 'oh' ? 0 : undefined));
    if (digit === undefined) break;
    digits += String(digit);
    last = next;
  }
  if (digits === '') {
    const pair = readBelowHundred(tokens, following(tokens, pointAt));
    if (pair === undefined) return undefined;
    [digits, last] = [String(pair.value), pair.last];
  }
  const scale = /^(?:million|billion)$/.exec(wordAfter(tokens, last))?.[0];
  const text = `${whole.text}.${digits}`;
  const amount = { value: Number(`${whole.value}.${digits}`), isDecimal: true };
  return scale === undefined
    ? { ...amount, last, text }
    : { ...amount, last: last + 1, text: `${text} ${scale}` };
}

interface Unit {
  readonly last: number;
  readonly name: string;
}

function unitAfter(tokens: readonly Token[], amount: { readonly last: number }): Unit | undefined {
  const at = following(tokens, amount.last);
  const text = tokens[at]?.text ?? '';
  if (text === 'dollars' || text === 'dollar') return { last: at, name: 'dollars' };
  if (text === 'percent') return { last: at, name: '%' };
  if (text === 'per' && wordAfter(tokens, at) === 'cent') return { last: at + 1, name: '%' };
  const symbol = SYMBOLS.get(text);
  return symbol === undefined ? undefined : { last: at, name: symbol };
}

function attach(text: string, unit: string): string {
  if (unit === 'dollars') return `$${text}`;
  return unit === '%' ? `${text}%` : `${text} ${unit}`;
}

/** "five or six dollars", "ten to twenty percent": the unit goes to both numbers. */
function readRange(
  tokens: readonly Token[],
  at: number,
  low: { last: number; text: string },
): Reading | undefined {
  const linkAt = following(tokens, low.last);
  const link = tokens[linkAt]?.text ?? '';
  if (link !== 'to' && link !== 'or') return undefined;
  const high = readAmount(tokens, following(tokens, linkAt));
  const unit = high && unitAfter(tokens, high);
  if (high === undefined || unit === undefined) return undefined;
  if (sharesScale(tokens, low.last, high.last)) return { last: unit.last, edits: [] };
  const isMoney = unit.name === 'dollars' || unit.name === '%';
  const first = isMoney ? attach(low.text, unit.name) : low.text;
  return readingOf(tokens, at, unit.last, `${first} ${link} ${attach(high.text, unit.name)}`);
}

function readDollars(tokens: readonly Token[], at: number, amount: { text: string }, last: number): Reading {
  const cents = /\.|illion/.test(amount.text) ? undefined : readCents(tokens, last);
  if (cents === undefined) return readingOf(tokens, at, last, `$${amount.text}`);
  return readingOf(tokens, at, cents.last, `$${amount.text}.${cents.digits}`);
}

interface Cents {
  readonly last: number;
  readonly digits: string;
}

/** "and fifty cents", "fifty cents"; "fifty" alone only where the clause ends. */
function readCents(tokens: readonly Token[], dollarsAt: number): Cents | undefined {
  const next = following(tokens, dollarsAt);
  const isLinked = tokens[next]?.text === 'and';
  const cents = readCardinal(tokens, isLinked ? following(tokens, next) : next);
  if (cents === undefined || cents.value < 1 || cents.value > 99 || !Number.isInteger(cents.value))
    return undefined;
  const unitAt = following(tokens, cents.last);
  const isNamed = /^cents?$/.test(tokens[unitAt]?.text ?? '');
  if (!isNamed && (isLinked || unitAt !== -1 || cents.value < 10 || !cents.spoken)) return undefined;
  return { last: isNamed ? unitAt : cents.last, digits: String(cents.value).padStart(2, '0') };
}

/** "$42 and 50 cents", "$42 dollars". */
function readWrittenMoney(tokens: readonly Token[], at: number): Reading | undefined {
  const token = tokens[at];
  if (token?.kind !== 'other' || !/^\$[0-9][0-9,]*$/.test(token.text)) return undefined;
  const next = following(tokens, at);
  const last = /^dollars?$/.test(tokens[next]?.text ?? '') ? next : at;
  const cents = readCents(tokens, last);
  if (cents !== undefined) return readingOf(tokens, at, cents.last, `${token.text}.${cents.digits}`);
  return last === at ? undefined : readingOf(tokens, at, last, token.text);
}
