import { COPULAS } from './cue-phrases.ts';
import type { NumberElement } from './number-element.ts';
import type { Token } from './tokenize.ts';

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const CURRENCIES = words('$ \u00a3 \u20ac \u00a5 \u20b9');
/** After any number these make it an amount. */
const UNITS = words(
  'dollar dollars buck bucks cent cents pound pounds euro euros usd percent % year years day days week weeks month ' +
    "months hour hours hrs minute minutes mins o'clock am pm gb mb gig gigs gigabyte gigabytes megabytes mile miles " +
    'item items people times degrees digit digits inch inches feet foot meters km kilometers lbs kilos stars million ' +
    'billion grand',
);
/** After a small number these make it a count or a figure of speech: "one moment", "two more". */
const COUNTED = words(
  'moment moments second seconds sec secs minute thing things more of other others way time person who that kid kids ' +
    'card cards account accounts order orders call calls line lines question questions',
);
/** Before "one" these make it a pronoun. */
const BEFORE_PRONOUN = words(
  'this that the which no any every each another new old other right wrong good number',
);
const MONTHS = words(
  'january february march april may june july august september october november december jan feb mar apr jun jul aug ' +
    'sep sept oct nov dec',
);
const YEAR_PREPOSITIONS = words('in since until before after year');
const CLOCK_PREPOSITIONS = words('at by around until till before after from');
const SMALL_DIGITS_MAX = 2;
const SPELLED_DIGITS_MIN = 4;

/**
 * Takes out the numbers that are amounts, dates, times of day or counts.
 *
 * @param announcesSecret whether the token belongs to a cue of a secret: a recogniser that formats numbers writes
 *   "My PIN is $1,234"
 */
export function withoutQuantities(
  tokens: readonly Token[],
  elements: readonly NumberElement[],
  announcesSecret: (tokenAt: number) => boolean,
): NumberElement[] {
  const dropped = new Set<NumberElement>();
  elements.forEach((element, index) => {
    const signAt = element.first - 1;
    if (CURRENCIES.has(tokens[signAt]?.text ?? '') && followsCue(tokens, signAt, announcesSecret)) return;
    if (!isQuantity(tokens, element) && !isPronoun(tokens, element, elements[index + 1])) return;
    for (const part of wholeNumber(tokens, elements, index)) dropped.add(part);
  });
  return elements.filter((element) => !dropped.has(element));
}

function isQuantity(tokens: readonly Token[], element: NumberElement): boolean {
  const before = tokens[element.first - 1]?.text ?? '';
  const after = tokens[element.last + 1]?.text ?? '';
  const [digits] = element.readings;
  if (CURRENCIES.has(before) || UNITS.has(after)) return true;
  if (digits.length <= SMALL_DIGITS_MAX && COUNTED.has(after)) return true;
  if (isMeridiem(tokens, element.last + 1)) return true;
  if (isClock(tokens, element) && CLOCK_PREPOSITIONS.has(before)) return true;
  if ((MONTHS.has(before) || MONTHS.has(after)) && Number(digits) <= 31) return true;
  return YEAR_PREPOSITIONS.has(before) && /^(?:19|20)\d\d$/.test(digits);
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
  return BEFORE_PRONOUN.has(tokens[element.first - 1]?.text ?? '') && next?.first !== element.last + 1;
}

/** The neighbours that belong to the same number: "$12.50", "1,200 dollars", "10:30 pm", "twelve fifty dollars". */
function wholeNumber(
  tokens: readonly Token[],
  elements: readonly NumberElement[],
  index: number,
): NumberElement[] {
  let [from, to] = [index, index];
  while (belongTogether(tokens, elements[from - 1], elements[from])) from -= 1;
  while (
    belongTogether(tokens, elements[to], elements[to + 1]) &&
    isGlued(tokens, elements[to], elements[to + 1])
  )
    to += 1;
  const parts = elements.slice(from, to + 1);
  // Nobody says an amount digit by digit: "one two three four minutes ago" holds a code.
  const spelled = parts.length >= SPELLED_DIGITS_MIN && parts.every((part) => part.readings[0].length === 1);
  return spelled ? [] : parts;
}

function belongTogether(
  tokens: readonly Token[],
  left: NumberElement | undefined,
  right: NumberElement | undefined,
): boolean {
  if (left === undefined || right === undefined) return false;
  if (isGlued(tokens, left, right)) return true;
  return left.spoken && right.spoken && right.first === left.last + 1;
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

/** "a.m." and "p m" come as several tokens. */
function isMeridiem(tokens: readonly Token[], at: number): boolean {
  if (!/^[ap]$/.test(tokens[at]?.text ?? '')) return false;
  const next = tokens[at + 1]?.text === '.' ? at + 2 : at + 1;
  return tokens[next]?.text === 'm';
}
