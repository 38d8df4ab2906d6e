import { readNumberElement } from './number-element.ts';
import { MONTHS } from './quantity-words.ts';
import type { Turn } from './read-turn.ts';
import type { RedactionState } from './state.ts';
import type { Token } from './tokenize.ts';

interface TokenSpan {
  readonly first: number;
  readonly last: number;
}

const ORDINALS: ReadonlySet<string> = new Set(
  (
    'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth ' +
    'sixteenth seventeenth eighteenth nineteenth twentieth thirtieth st nd rd th'
  ).split(' '),
);
const BIRTH_WORDS_MAX = 8;
const READ_BACK_WORDS_MAX = 4;
const TENS: ReadonlySet<string> = new Set(['twenty', 'thirty']);

type DatedEntity = 'DOB' | 'CREDIT_CARD_EXPIRY';

/** Finds dates that name their month: near a cue of the entity, or as the answer to a question for it. */
export function findNamedDates(dated: DatedEntity, turn: Turn, state: RedactionState): TokenSpan[] {
  const { tokens, cues, role } = turn;
  const expected = state.expectations.some(
    ({ entity, asker }) =>
      entity === dated &&
      (asker === 'anyone' ||
        asker !== role ||
        (hasKnown(dated, state) && turn.plainWords <= READ_BACK_WORDS_MAX)),
  );
  const births = cues.filter(({ label }) => label === dated);
  if (!expected && births.length === 0) return [];
  const spans: TokenSpan[] = [];
  let next = 0;
  for (let at = 0; at < tokens.length; at += 1) {
    const last = dateEnd(tokens, at);
    if (last === undefined) continue;
    const start = at;
    while ((births[next]?.last ?? Infinity) < start - BIRTH_WORDS_MAX) next += 1;
    const near = (births[next]?.first ?? Infinity) - last <= BIRTH_WORDS_MAX;
    if (near || (expected && births.length === 0)) spans.push({ first: at, last });
    at = last;
  }
  return spans;
}

function hasKnown(dated: DatedEntity, { recent }: RedactionState): boolean {
  return recent.some(({ entity }) => entity === dated);
}

/** The last token of the date that begins at `at`, when one with a month does. */
function dateEnd(tokens: readonly Token[], at: number): number | undefined {
  if (MONTHS.has(tokens[at]?.text ?? '')) return afterMonth(tokens, at);
  const day = dayEnd(tokens, tokens[at]?.text === 'the' ? at + 1 : at);
  if (day === undefined) return undefined;
  const monthAt = tokens[day + 1]?.text === 'of' ? day + 2 : day + 1;
  return MONTHS.has(tokens[monthAt]?.text ?? '') ? yearEnd(tokens, monthAt) : undefined;
}

function afterMonth(tokens: readonly Token[], monthAt: number): number | undefined {
  const dayAt = tokens[monthAt + 1]?.text === 'the' ? monthAt + 2 : monthAt + 1;
  const day = dayEnd(tokens, dayAt);
  const end = yearEnd(tokens, day ?? monthAt);
  return end > monthAt ? end : undefined;
}

/** "third", "twenty fifth", "3", "3rd", "twenty five". */
function dayEnd(tokens: readonly Token[], at: number): number | undefined {
  const text = tokens[at]?.text ?? '';
  if (ORDINALS.has(text)) return at;
  if (TENS.has(text) && ORDINALS.has(tokens[at + 1]?.text ?? '')) return at + 1;
  const element = readNumberElement(tokens, at);
  if (element === undefined || element.readings[0].length > 2) return undefined;
  const next = tokens[element.last + 1];
  return next !== undefined && !next.spaced && ORDINALS.has(next.text) ? element.last + 1 : element.last;
}

/** The year that follows, if one does: "1980", "nineteen eighty", "two thousand and four", "eighty five". */
function yearEnd(tokens: readonly Token[], after: number): number {
  let at = after + 1;
  while (/^(?:,|of|in|year|the)$/.test(tokens[at]?.text ?? '')) at += 1;
  let [end, digits] = [after, 0];
  for (let parts = 0; parts < YEAR_PARTS_MAX && digits < YEAR_DIGITS; parts += 1) {
    const isZero = tokens[at]?.text === 'oh';
    const element = isZero ? undefined : readNumberElement(tokens, at);
    if (!isZero && element === undefined) break;
    end = element?.last ?? at;
    digits += element?.readings[0].length ?? 1;
    at = end + 1;
  }
  return end;
}

const YEAR_PARTS_MAX = 4;
const YEAR_DIGITS = 4;
