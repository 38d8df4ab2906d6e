import type { Edit } from './edits.ts';
import {
  MONTHS,
  MULTIPLIERS,
  ORDINAL_TEENS,
  ORDINAL_TENS,
  ORDINAL_UNITS,
  SCALE_WORDS,
  TEEN_WORDS,
  TENS_WORDS,
  UNIT_WORDS,
  words,
  ZERO_LETTERS,
} from './number-words.ts';
import { readAddress } from './read-address.ts';
import {
  beginsNumber,
  readArticleCardinal,
  readCardinal,
  sharesScale,
  type Cardinal,
} from './read-cardinal.ts';
import { readDayDate, readMonthDate } from './read-date.ts';
import { readDigits, readUnsureRun } from './read-digits.ts';
import { readLoneOrdinal, readOrdinal, writeOrdinal } from './read-ordinal.ts';
import { readQuantity } from './read-quantity.ts';
import { readTime } from './read-time.ts';
import { readDecade, readLoneYear } from './read-year.ts';
import { readingOf, type Reading } from './reading.ts';
import { following, wordAfter, wordBefore, type Token } from './tokenize.ts';

/** Whole numbers below this stay words. */
const FIGURES_FROM = 10;
/** After these a number is no plain count: "twenty something", "two hundredths", "twenty past four". */
const KEEPS_WORDS = words(
  'something odd ish hundredth hundredths thousandth thousandths millionth half halves third thirds quarter quarters ' +
    'fourths fifths sixths eighths tenths past',
);

/** "a dollar fifty", "a buck twenty" */
const COINS = words('dollar buck bucks');

type Reader = (tokens: readonly Token[], at: number) => Reading | undefined;

const READERS: readonly Reader[] = [
  readMonthDate,
  readDayDate,
  readTime,
  readYearAlone,
  readDigits,
  readAroundTheClock,
  readNumbersInARow,
  readQuantity,
  readOrdinalAlone,
  readCount,
];

/** Any word these readers take begins with one of them. */
const FIRST_WORDS: ReadonlySet<string> = new Set([
  ...[UNIT_WORDS, TEEN_WORDS, TENS_WORDS, ORDINAL_UNITS, ORDINAL_TEENS, ORDINAL_TENS, MULTIPLIERS].flatMap(
    (map) => [...map.keys()],
  ),
  ...MONTHS,
  ...ZERO_LETTERS,
  'a',
]);

/** Edits that write spoken numbers, dates, times, amounts and addresses as people write them. */
export function writeNumbers(tokens: readonly Token[]): Edit[] {
  const edits: Edit[] = [];
  const holdsAddress = tokens.some(isAddressPart);
  for (let at = 0; at < tokens.length; at += 1) {
    const reading = readAt(tokens, at, holdsAddress);
    if (reading === undefined) continue;
    const cutsWord = tokens[at]?.hyphenBefore === true || tokens[reading.last]?.hyphenAfter === true;
    if (!cutsWord) edits.push(...reading.edits);
    at = reading.last;
  }
  return edits;
}

function readAt(tokens: readonly Token[], at: number, holdsAddress: boolean): Reading | undefined {
  const token = tokens[at];
  if (token === undefined || token.kind === 'mask' || token.kind === 'mark') return undefined;
  const address = holdsAddress ? readAddress(tokens, at) : undefined;
  if (address !== undefined || (token.kind === 'word' && !FIRST_WORDS.has(token.text))) return address;
  for (const read of READERS) {
    const reading = read(tokens, at);
    if (reading !== undefined) return reading;
  }
  return undefined;
}

function isAddressPart({ kind, text }: Token): boolean {
  return text === 'dot' || (kind === 'other' && text.includes('.'));
}

function readYearAlone(tokens: readonly Token[], at: number): Reading | undefined {
  const year = readDecade(tokens, at) ?? readLoneYear(tokens, at);
  return year && readingOf(tokens, at, year.last, year.text);
}

function readAroundTheClock(tokens: readonly Token[], at: number): Reading | undefined {
  const cardinal = readCardinal(tokens, at);
  if (cardinal?.value !== 24 || !cardinal.spoken || wordAfter(tokens, cardinal.last) !== 'seven')
    return undefined;
  const last = cardinal.last + 1;
  return beginsNumber(tokens, following(tokens, last)) ? undefined : readingOf(tokens, at, last, '24/7');
}

function readNumbersInARow(tokens: readonly Token[], at: number): Reading | undefined {
  if (!beginsNumber(tokens, at)) return undefined;
  return readUnsureRun(tokens, at, readCardinal(tokens, at)?.last ?? at);
}

function readOrdinalAlone(tokens: readonly Token[], at: number): Reading | undefined {
  const ordinal = readLoneOrdinal(tokens, at);
  return ordinal && readingOf(tokens, at, ordinal.last, writeOrdinal(ordinal.value));
}

function readCount(tokens: readonly Token[], at: number): Reading | undefined {
  const cardinal = readCardinal(tokens, at) ?? readBeyondRound(tokens, at);
  if (cardinal === undefined) return undefined;
  const after = wordAfter(tokens, cardinal.last);
  if (COINS.has(wordBefore(tokens, at)) || endsInOrdinal(tokens, cardinal.last))
    return { last: cardinal.last, edits: [] };
  if (KEEPS_WORDS.has(after) || SCALE_WORDS.has(after) || after === 'hundred')
    return { last: cardinal.last, edits: [] };
  const range = readCountRange(tokens, at, cardinal);
  if (range !== undefined) return range;
  if (!cardinal.spoken || cardinal.value < FIGURES_FROM) return { last: cardinal.last, edits: [] };
  return readingOf(tokens, at, cardinal.last, cardinal.text);
}

/** "two hundred and first" */
function endsInOrdinal(tokens: readonly Token[], last: number): boolean {
  const next = following(tokens, last);
  const isOrdinal =
    readOrdinal(tokens, tokens[next]?.text === 'and' ? following(tokens, next) : next) !== undefined;
  return isOrdinal && /^(?:hundred|thousand|million|billion)$/.test(tokens[last]?.text ?? '');
}

/** "five to ten days" → "5 to 10 days"; "ten to five" may be a time and stays. */
function readCountRange(tokens: readonly Token[], at: number, low: Cardinal): Reading | undefined {
  const linkAt = following(tokens, low.last);
  const link = tokens[linkAt]?.text ?? '';
  if (link !== 'to' && link !== 'or') return undefined;
  const highAt = following(tokens, linkAt);
  const high = readCardinal(tokens, highAt);
  if (high === undefined || beginsNumber(tokens, following(tokens, high.last))) return undefined;
  if (sharesScale(tokens, low.last, high.last)) return { last: high.last, edits: [] };
  if (high.value < FIGURES_FROM)
    return low.value < FIGURES_FROM || link === 'or' ? undefined : { last: high.last, edits: [] };
  if (low.value >= FIGURES_FROM || low.value < 1 || high.value <= low.value) return undefined;
  const [lowText, highText] = [String(low.value), high.text];
  return readingOf(tokens, at, high.last, `${lowText} ${link} ${highText}`);
}

/** "a hundred and fifty"; "a hundred" and "a thousand" alone are figures of speech. */
function readBeyondRound(tokens: readonly Token[], at: number): Cardinal | undefined {
  const cardinal = readArticleCardinal(tokens, at);
  return cardinal === undefined || cardinal.value % 100 === 0 ? undefined : cardinal;
}
