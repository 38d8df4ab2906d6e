import { TENS_WORDS, UNIT_WORDS, words, ZERO_LETTERS } from './number-words.ts';
import { beginsNumber, readBelowHundred, readCardinal } from './read-cardinal.ts';
import { following, wordBefore, type Token } from './tokenize.ts';

export interface Year {
  readonly last: number;
  readonly text: string;
}

const CENTURIES: ReadonlyMap<string, number> = new Map([
  ['eighteen', 1800],
  ['nineteen', 1900],
  ['twenty', 2000],
]);
const DECADES: ReadonlyMap<string, number> = new Map(
  'twenties thirties forties fifties sixties seventies eighties nineties'
    .split(' ')
    .map((word, i) => [word, 20 + i * 10]),
);
const BEFORE_YEAR = words('in since until before after year of during late early mid by from');

/** "nineteen eighty four", "twenty twenty four", "two thousand five", "2024", where a year is expected. */
export function readYear(tokens: readonly Token[], at: number): Year | undefined {
  const token = tokens[at];
  if (token?.kind === 'number') {
    return /^(?:19|20)[0-9]{2}$/.test(token.text) ? { last: at, text: token.text } : undefined;
  }
  const year = readCenturies(tokens, at) ?? readThousands(tokens, at);
  return year === undefined || beginsNumber(tokens, following(tokens, year.last)) ? undefined : year;
}

/** A year that needs no date around it to be one. */
export function readLoneYear(tokens: readonly Token[], at: number): Year | undefined {
  if (tokens[at]?.kind !== 'word') return undefined;
  const isExpected = BEFORE_YEAR.has(wordBefore(tokens, at));
  const year = readCenturies(tokens, at) ?? (isExpected ? readThousands(tokens, at) : undefined);
  if (year === undefined || beginsNumber(tokens, following(tokens, year.last))) return undefined;
  const isCertain = isExpected || isPlainYear(tokens, at, year.last);
  return isCertain ? year : undefined;
}

/** "nineteen eighties" */
export function readDecade(tokens: readonly Token[], at: number): Year | undefined {
  const century = CENTURIES.get(tokens[at]?.text ?? '');
  const next = following(tokens, at);
  const decade = DECADES.get(tokens[next]?.text ?? '');
  return century === undefined || decade === undefined
    ? undefined
    : { last: next, text: `${century + decade}s` };
}

/** "twenty twenty" may be something else; "twenty nineteen", "twenty twenty four" and "nineteen eighty" hardly. */
function isPlainYear(tokens: readonly Token[], at: number, last: number): boolean {
  const isRound = TENS_WORDS.has(tokens[last]?.text ?? '');
  return tokens[at]?.text === 'nineteen' ? isRound || last > at + 1 : !isRound;
}

function readCenturies(tokens: readonly Token[], at: number): Year | undefined {
  const century = CENTURIES.get(tokens[at]?.text ?? '');
  if (century === undefined) return undefined;
  const next = following(tokens, at);
  if (ZERO_LETTERS.has(tokens[next]?.text ?? '')) {
    const unitAt = following(tokens, next);
    const unit = UNIT_WORDS.get(tokens[unitAt]?.text ?? '');
    return unit === undefined || unit === 0 ? undefined : { last: unitAt, text: String(century + unit) };
  }
  const rest = readBelowHundred(tokens, next);
  return rest === undefined || rest.value < 10
    ? undefined
    : { last: rest.last, text: String(century + rest.value) };
}

function readThousands(tokens: readonly Token[], at: number): Year | undefined {
  if (tokens[at]?.text !== 'two' || tokens[following(tokens, at)]?.text !== 'thousand') return undefined;
  const cardinal = readCardinal(tokens, at);
  if (cardinal === undefined || cardinal.value < 2000 || cardinal.value > 2099) return undefined;
  return { last: cardinal.last, text: String(cardinal.value) };
}
