import { UNIT_WORDS, words, ZERO_LETTERS } from './number-words.ts';
import { beginsNumber, readBelowHundred } from './read-cardinal.ts';
import { readingOf, type Reading } from './reading.ts';
import { following, wordAfter, wordBefore, type Token } from './tokenize.ts';

interface Clock {
  readonly last: number;
  readonly text: string;
}

const BEFORE_CLOCK = words('at by until till around before after');
/** After two numbers these make an amount or a count of them. */
const AFTER_AMOUNT = words(
  'dollar dollars cents cent bucks percent per point hundred thousand million billion gigabytes gigs megabytes people',
);
const WRITTEN_CLOCK = /^(?:1[0-2]|[1-9]):[0-5][0-9]$/;

/** "four thirty p m", "4:30 pm", "four o'clock", "at ten thirty", "nine to five p m". */
export function readTime(tokens: readonly Token[], at: number): Reading | undefined {
  const clock = readClock(tokens, at);
  const hour = clock ?? readHour(tokens, at);
  if (hour === undefined) return undefined;
  const meridiem = readMeridiem(tokens, following(tokens, hour.last));
  if (meridiem !== undefined) return readingOf(tokens, at, meridiem.last, `${hour.text} ${meridiem.text}`);
  const until = readUntil(tokens, at, hour.last);
  if (until !== undefined) return readingOf(tokens, at, until.last, `${hour.text} ${until.text}`);
  if (clock === undefined && /^o['\u2019]clock$/.test(wordAfter(tokens, hour.last))) {
    return readingOf(tokens, at, hour.last, hour.text);
  }
  const isAnnounced = clock !== undefined && BEFORE_CLOCK.has(wordBefore(tokens, at));
  const next = following(tokens, hour.last);
  if (!isAnnounced || !isRound(clock.text) || beginsNumber(tokens, next)) return undefined;
  return AFTER_AMOUNT.has(tokens[next]?.text ?? '')
    ? undefined
    : readingOf(tokens, at, clock.last, clock.text);
}

function isRound(clock: string): boolean {
  return /:[0-5][05]$/.test(clock);
}

/** The second half of "nine to five p m" or "between nine and five p m". */
function readUntil(tokens: readonly Token[], at: number, hourLast: number): Clock | undefined {
  const link = wordAfter(tokens, hourLast);
  if (link !== 'to' && !(link === 'and' && wordBefore(tokens, at) === 'between')) return undefined;
  const hourAt = following(tokens, hourLast + 1);
  const hour = readClock(tokens, hourAt) ?? readHour(tokens, hourAt);
  const meridiem = hour && readMeridiem(tokens, following(tokens, hour.last));
  return meridiem && { last: meridiem.last, text: `${link} ${hour?.text} ${meridiem.text}` };
}

function readHour(tokens: readonly Token[], at: number): Clock | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  const value = token.kind === 'number' ? writtenBelowHundred(token) : readSingle(tokens, at);
  return value !== undefined && value >= 1 && value <= 12 ? { last: at, text: String(value) } : undefined;
}

function readSingle(tokens: readonly Token[], at: number): number | undefined {
  const small = readBelowHundred(tokens, at);
  return small?.last === at ? small.value : undefined;
}

function writtenBelowHundred(token: Token): number | undefined {
  return /^[0-9]{1,2}$/.test(token.text) ? Number(token.text) : undefined;
}

/** Hour and minutes. */
function readClock(tokens: readonly Token[], at: number): Clock | undefined {
  const token = tokens[at];
  if (token?.kind === 'other' && WRITTEN_CLOCK.test(token.text)) return { last: at, text: token.text };
  const hour = readHour(tokens, at);
  if (hour === undefined) return undefined;
  const next = following(tokens, hour.last);
  const minute = readMinute(tokens, next);
  return minute && { last: minute.last, text: `${hour.text}:${minute.text}` };
}

function readMinute(tokens: readonly Token[], at: number): Clock | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  if (ZERO_LETTERS.has(token.text)) {
    const unitAt = following(tokens, at);
    const unit = UNIT_WORDS.get(tokens[unitAt]?.text ?? '');
    return unit === undefined || unit === 0 ? undefined : { last: unitAt, text: `0${unit}` };
  }
  if (token.kind === 'number') {
    return /^[0-5][0-9]$/.test(token.text) ? { last: at, text: token.text } : undefined;
  }
  const minute = readBelowHundred(tokens, at);
  const isMinute = minute !== undefined && minute.value >= 10 && minute.value <= 59;
  return isMinute ? { last: minute.last, text: String(minute.value) } : undefined;
}

/** "p m", "pm", "P.M."; a full stop that follows anyway is not written twice. */
function readMeridiem(tokens: readonly Token[], at: number): Clock | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  const joined = /^([ap])\.?m$/.exec(token.text);
  // "the one am i speaking to"
  if (token.text === 'am' && wordAfter(tokens, at) === 'i') return undefined;
  if (joined !== null) return { last: at, text: meridiem(joined[1], token) };
  const first = /^[ap]$/.test(token.text) && (token.trail === '' || token.trail === '.');
  const next = tokens[at + 1];
  if (!first || next?.text !== 'm' || next.lead !== '' || next.opensLine) return undefined;
  return { last: at + 1, text: meridiem(token.text, next) };
}

function meridiem(letter: string | undefined, last: Token): string {
  return last.trail.startsWith('.') ? `${letter}.m` : `${letter}.m.`;
}
