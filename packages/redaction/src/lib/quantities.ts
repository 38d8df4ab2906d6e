import { COPULAS } from './cue-phrases.ts';
import type { NumberElement } from './number-element.ts';
import { FILLERS } from './number-words.ts';
import * as list from './quantity-words.ts';
import type { Token } from './tokenize.ts';

/** A number that is an amount, a date, a time of day or a count. */
export interface Quantity {
  readonly elements: readonly NumberElement[];
  /** Digits of a code may be misheard as money, a date or a time; `count`: how many of something. */
  readonly kind: QuantityKind;
}

export type QuantityKind = 'money' | 'moment' | 'count';

const SMALL_DIGITS_MAX = 2;
const SPELLED_DIGITS_MIN = 4;
const RANGE_DIGITS_MAX = 3;
const PARTS_MAX = 8;

/**
 * Tells the numbers that are amounts, dates, times of day or counts from the others.
 *
 * @param announcesSecret whether the token belongs to a cue of a secret: a recogniser that formats numbers writes
 *   "My PIN is $1,234"
 */
export function sortQuantities(
  tokens: readonly Token[],
  elements: readonly NumberElement[],
  announcesSecret: (tokenAt: number) => boolean,
): { plain: NumberElement[]; quantities: Quantity[] } {
  const dropped = new Set<NumberElement>();
  const quantities: Quantity[] = [];
  elements.forEach((element, index) => {
    const signAt = element.first - 1;
    if (list.CURRENCIES.has(tokens[signAt]?.text ?? '') && followsCue(tokens, signAt, announcesSecret))
      return;
    if (dropped.has(element)) return;
    const kind = kindOf(tokens, elements, index);
    if (kind === undefined) return;
    const parts = wholeNumber(tokens, elements, index).filter((part) => !dropped.has(part));
    if (parts.length > 0) quantities.push({ elements: parts, kind });
    for (const part of parts) dropped.add(part);
  });
  return { plain: elements.filter((element) => !dropped.has(element)), quantities };
}

function kindOf(
  tokens: readonly Token[],
  elements: readonly NumberElement[],
  index: number,
): QuantityKind | undefined {
  const element = elements[index];
  const next = elements[index + 1];
  if (element === undefined) return undefined;
  const before = tokens[element.first - 1]?.text ?? '';
  const after = tokens[element.last + 1]?.text ?? '';
  const [digits] = element.readings;
  if (list.CURRENCIES.has(before) || list.MONEY.has(after) || isRate(tokens, element.last + 1))
    return 'money';
  if (after === "o'clock" || isMeridiem(tokens, element.last + 1)) return 'moment';
  if (isClock(tokens, element) && list.CLOCK_PREPOSITIONS.has(before)) return 'moment';
  if (list.YEAR_PREPOSITIONS.has(before) && isYear(digits, element, next)) return 'moment';
  if ((list.MONTHS.has(before) || list.MONTHS.has(after)) && Number(digits) <= 31) return 'moment';
  if (list.UNITS.has(after) || isPronoun(tokens, element, next)) return 'count';
  const counts = list.COUNTED.has(after) || isPlural(tokens, element.last + 1);
  const small = digits.length <= SMALL_DIGITS_MAX && !followsDigit(tokens, elements[index - 1], element);
  return small && counts ? 'count' : undefined;
}

/** "five six one expires": the last of several digits counts nothing; "two to three cards" does. */
function followsDigit(
  tokens: readonly Token[],
  previous: NumberElement | undefined,
  element: NumberElement,
): boolean {
  if (previous === undefined || previous.last + 1 !== element.first) return false;
  return tokens[previous.last]?.text !== 'to';
}

/** "2019", and "twenty nineteen" at its first part. */
function isYear(digits: string, element: NumberElement, next: NumberElement | undefined): boolean {
  if (/^(?:19|20)\d\d$/.test(digits)) return true;
  if (!/^(?:19|20)$/.test(digits) || next?.first !== element.last + 1) return false;
  return next.spoken && next.readings[0].length === 2;
}

function isPlural(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  return token?.kind === 'word' && /..[^su']s$/.test(token.text) && !list.NO_PLURALS.has(token.text);
}

function followsCue(tokens: readonly Token[], at: number, isCue: (tokenAt: number) => boolean): boolean {
  return COPULAS.has(tokens[at - 1]?.text ?? '') ? isCue(at - 2) : isCue(at - 1);
}

/** "this one", but not "number one two three". */
function isPronoun(
  tokens: readonly Token[],
  element: NumberElement,
  next: NumberElement | undefined,
): boolean {
  if (tokens[element.first]?.text !== 'one' || element.first !== element.last) return false;
  return list.BEFORE_PRONOUN.has(tokens[element.first - 1]?.text ?? '') && !isFollowed(tokens, element, next);
}

function isFollowed(
  tokens: readonly Token[],
  element: NumberElement,
  next: NumberElement | undefined,
): boolean {
  if (next === undefined || next.first - element.last > PAUSE_TOKENS_MAX) return false;
  return tokens.slice(element.last + 1, next.first).every(({ text }) => FILLERS.has(text));
}

const PAUSE_TOKENS_MAX = 2;

/** The neighbours that belong to the same number: "$12.50", "1,200 dollars", "10:30 pm", "five or six dollars". */
function wholeNumber(
  tokens: readonly Token[],
  elements: readonly NumberElement[],
  index: number,
): NumberElement[] {
  let [from, to] = [index, index];
  while (index - from < PARTS_MAX && belongTogether(tokens, elements[from - 1], elements[from])) from -= 1;
  while (to - index < PARTS_MAX && isTail(tokens, elements[index], elements[to], elements[to + 1])) to += 1;
  const parts = elements.slice(from, to + 1);
  // Nobody says an amount digit by digit: "one two three four minutes ago" holds a code.
  const spelled = parts.length >= SPELLED_DIGITS_MIN && parts.every((part) => part.readings[0].length === 1);
  return spelled ? [] : parts;
}

/** What follows the number itself: the rest of a written one, or of a year. */
function isTail(
  tokens: readonly Token[],
  first: NumberElement | undefined,
  left: NumberElement | undefined,
  right: NumberElement | undefined,
): boolean {
  if (isGlued(tokens, left, right)) return true;
  if (first === undefined || first !== left || right === undefined) return false;
  const isPart = first.spoken && right.spoken && /^(?:19|20)$/.test(first.readings[0]);
  const before = tokens[first.first - 1]?.text ?? '';
  return isPart && list.YEAR_PREPOSITIONS.has(before) && isYear(first.readings[0], first, right);
}

function belongTogether(
  tokens: readonly Token[],
  left: NumberElement | undefined,
  right: NumberElement | undefined,
): boolean {
  if (left === undefined || right === undefined) return false;
  if (isGlued(tokens, left, right)) return true;
  if (left.spoken && right.spoken && right.first === left.last + 1) return true;
  return isRange(tokens, left, right);
}

/** "five or six", "one point five", "between ten and twelve", "10-15". */
function isRange(tokens: readonly Token[], left: NumberElement, right: NumberElement): boolean {
  if (right.first !== left.last + 2) return false;
  if (left.readings[0].length > RANGE_DIGITS_MAX || right.readings[0].length > RANGE_DIGITS_MAX) return false;
  const word = tokens[left.last + 1]?.text ?? '';
  if (word === 'and') return tokens[left.first - 1]?.text === 'between';
  return list.RANGE_WORDS.has(word) || word === 'to' || word === '-' || word === '\u2013';
}

/** Written with one mark and no space between: 12.50, 1,200, 10:30, 12/25. */
function isGlued(
  tokens: readonly Token[],
  left: NumberElement | undefined,
  right: NumberElement | undefined,
): boolean {
  if (left === undefined || right === undefined || left.spoken || right.spoken) return false;
  const mark = tokens[left.last + 1];
  if (right.first !== left.last + 2 || mark?.kind !== 'mark') return false;
  return /^[.,:/]$/.test(mark.text) && !mark.spaced && tokens[right.first]?.spaced === false;
}

function isClock(tokens: readonly Token[], element: NumberElement): boolean {
  return tokens[element.last + 1]?.text === ':' && tokens[element.last + 2]?.kind === 'number';
}

/** "forty six sixteen a month", "ten each". */
function isRate(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]?.text ?? '';
  if (word === 'each' || word === 'apiece' || word === 'per') return true;
  return word === 'a' && list.RATES.has(tokens[at + 1]?.text ?? '');
}

/** "a.m." and "p m" come as several tokens. */
function isMeridiem(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]?.text ?? '';
  if (word === 'am' || word === 'pm') return true;
  if (word !== 'a' && word !== 'p') return false;
  const next = tokens[at + 1]?.text === '.' ? at + 2 : at + 1;
  return tokens[next]?.text === 'm';
}
