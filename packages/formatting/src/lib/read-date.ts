import { MONTHS, WEEKDAYS, words } from './number-words.ts';
import { beginsNumber, readBelowHundred } from './read-cardinal.ts';
import { readOrdinal, writeOrdinal } from './read-ordinal.ts';
import { readYear, type Year } from './read-year.ts';
import { readingOf, type Reading } from './reading.ts';
import { following, wordAfter, wordBefore, type Token } from './tokenize.ts';

const DAYS_MAX = 31;
/** "may" and "march" are verbs too: these before them make them months. */
const BEFORE_MONTH = words(
  'on in of by until till since before after from last next this to through for is was',
);
const VERB_LIKE = words('may march');

interface Day {
  readonly last: number;
  readonly value: number;
  /** Said as an ordinal or written; a spoken cardinal may count something else. */
  readonly certain: boolean;
}

/** "march third twenty twenty four", "june fifth", "june twenty twenty four", "march 3 2024". */
export function readMonthDate(tokens: readonly Token[], at: number): Reading | undefined {
  const month = tokens[at]?.text ?? '';
  if (!MONTHS.has(month)) return undefined;
  const next = following(tokens, at);
  const year = tokens[next]?.kind === 'word' ? readYear(tokens, next) : undefined;
  const before = wordBefore(tokens, at);
  const isVerb = VERB_LIKE.has(month) && !BEFORE_MONTH.has(before) && !WEEKDAYS.has(before);
  if (year !== undefined && !isVerb) return readingOf(tokens, next, year.last, year.text);
  const dayAt = tokens[next]?.text === 'the' ? following(tokens, next) : next;
  const day = readDay(tokens, dayAt);
  if (day === undefined) return undefined;
  const dayYear = readYearAfterDay(tokens, day.last);
  if (dayYear !== undefined) return readingOf(tokens, next, dayYear.last, `${day.value}, ${dayYear.text}`);
  const isNumber = beginsNumber(tokens, following(tokens, day.last));
  if (isNumber || tokens[dayAt]?.kind !== 'word') return undefined;
  const endsClause = wordAfter(tokens, day.last) === '';
  // "you may second that", "march two miles"
  if (isVerb && !(day.certain && day.value > 2)) return undefined;
  if (!day.certain && !endsClause) return undefined;
  return readingOf(tokens, next, day.last, String(day.value));
}

function readDay(tokens: readonly Token[], at: number): Day | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  const written =
    token.kind === 'number' || token.kind === 'other'
      ? /^([0-9]{1,2})(?:st|nd|rd|th)?$/.exec(token.text)
      : null;
  const ordinal = readOrdinal(tokens, at);
  const spoken = ordinal ?? readBelowHundred(tokens, at);
  const day: Day | undefined =
    written === null
      ? spoken && { ...spoken, certain: ordinal !== undefined }
      : { last: at, value: Number(written[1]), certain: true };
  return day !== undefined && day.value >= 1 && day.value <= DAYS_MAX ? day : undefined;
}

/** A comma may stand between the day and the year. */
function readYearAfterDay(tokens: readonly Token[], dayLast: number): Year | undefined {
  const [day, next] = [tokens[dayLast], tokens[dayLast + 1]];
  if (day === undefined || next === undefined || next.lead !== '' || next.opensLine) return undefined;
  return day.trail === '' || day.trail === ',' ? readYear(tokens, dayLast + 1) : undefined;
}

/** "third of march", "monday the fifth". */
export function readDayDate(tokens: readonly Token[], at: number): Reading | undefined {
  const ordinal = readOrdinal(tokens, at);
  if (ordinal === undefined || ordinal.value > DAYS_MAX) return undefined;
  const ofAt = following(tokens, ordinal.last);
  const monthAt = tokens[ofAt]?.text === 'of' ? following(tokens, ofAt) : -1;
  if (MONTHS.has(tokens[monthAt]?.text ?? '')) {
    return readingOf(tokens, at, ordinal.last, writeOrdinal(ordinal.value));
  }
  const weekday = tokens[at - 2];
  const isDay =
    wordBefore(tokens, at) === 'the' &&
    WEEKDAYS.has(weekday?.text ?? '') &&
    (weekday?.trail === '' || weekday?.trail === ',');
  return isDay ? readingOf(tokens, at, ordinal.last, writeOrdinal(ordinal.value)) : undefined;
}
