import { readNumberElement } from './number-element.ts';
import type { Turn } from './read-turn.ts';
import type { Token } from './tokenize.ts';
import type { RedactionState } from './state.ts';

interface TokenSpan {
  readonly first: number;
  readonly last: number;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const STREETS = words(
  'street st avenue ave road rd drive dr lane ln boulevard blvd court ct circle cir place pl terrace way parkway pkwy trail highway hwy ' +
    'square alley crescent loop pike broadway plaza mews grove heights ridge path turnpike',
);
const UNITS = words('apartment apt unit suite number # floor building');
const DIRECTIONS = words('north south east west northeast northwest southeast southwest n s e w');
export const STATES = words(
  'alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas ' +
    'kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada hampshire jersey ' +
    'mexico york carolina dakota ohio oklahoma oregon pennsylvania island tennessee texas utah vermont virginia washington wisconsin ' +
    'wyoming al ak az ar ca co ct fl ga il ks ky la ma md mi mn mo ms mt nc nd ne nh nj nm nv ny ok pa ri sc sd tn tx ut va vt wa wi wv wy',
);
const STREET_WORDS_MAX = 5;
const NUMBER_ELEMENTS_MAX = 6;
const TAIL_WORDS_MAX = 8;
const STOPS = words(
  'in of by a an this and is my the that i it so but please thanks you for at on to was were with are we they he she because when if or dollars percent minutes days hours',
);

/** Finds street addresses: a number, up to five words, a word for a street; with flat, city, state and ZIP code after it. */
export function findAddresses(turn: Turn, state: RedactionState): TokenSpan[] {
  const { tokens, role } = turn;
  const spans: TokenSpan[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const numberEnd = houseNumberEnd(tokens, at);
    if (numberEnd === undefined) continue;
    const streetAt = streetEnd(tokens, numberEnd + 1);
    if (streetAt === undefined) {
      at = numberEnd;
      continue;
    }
    const last = tailEnd(tokens, streetAt);
    spans.push({ first: at, last });
    at = last;
  }
  if (spans.length > 0) return spans;
  const expected = state.expectations.some(
    ({ entity, asker, digitCount }) =>
      entity === 'ADDRESS' && digitCount === 0 && (asker === 'anyone' || asker !== role),
  );
  const cue = turn.cues.find(({ label }) => label === 'ADDRESS');
  return expected || cue !== undefined ? numberAndWords(tokens, cue === undefined ? 0 : cue.last + 1) : [];
}

function houseNumberEnd(tokens: readonly Token[], first: number): number | undefined {
  let end: number | undefined;
  for (let at = first, parts = 0; parts < NUMBER_ELEMENTS_MAX; parts += 1) {
    const element =
      tokens[at]?.text === 'oh' && end !== undefined ? undefined : readNumberElement(tokens, at);
    if (element === undefined && !(tokens[at]?.text === 'oh' && end !== undefined)) break;
    end = element?.last ?? at;
    at = end + 1;
  }
  if (
    end !== undefined &&
    /^(?:st|nd|rd|th)$/.test(tokens[end + 1]?.text ?? '') &&
    tokens[end + 1]?.spaced === false
  )
    return undefined;
  return end !== undefined && ORDINAL.test(tokens[end + 1]?.text ?? '') && end === first ? undefined : end;
}

const ORDINAL = /^(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)$/;

function streetEnd(tokens: readonly Token[], from: number): number | undefined {
  for (let at = from; at < from + STREET_WORDS_MAX; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.kind === 'masked' || STOPS.has(token.text)) return undefined;
    if (token.kind === 'mark' && token.text !== '.' && token.text !== '-') return undefined;
    if (at > from && STREETS.has(token.text)) return STREETS.has(tokens[at + 1]?.text ?? '') ? at + 1 : at;
  }
  return undefined;
}

/** "... apartment 4 b, springfield, illinois 62704". */
function tailEnd(tokens: readonly Token[], street: number): number {
  let last = street;
  let [plain, inUnit] = [0, false];
  for (let at = street + 1; at < tokens.length && plain <= TAIL_WORDS_MAX; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.kind === 'masked' || STOPS.has(token.text) || /^[?!;]$/.test(token.text))
      break;
    if (
      token.text === '.' &&
      (tokens[at + 1]?.spaced ?? true) &&
      token.kind === 'mark' &&
      last === at - 1 &&
      at - 1 !== street
    )
      break;
    plain += 1;
    const unit = UNITS.has(token.text) || DIRECTIONS.has(token.text);
    const element = readNumberElement(tokens, at);
    if (unit || element !== undefined || STATES.has(token.text) || (inUnit && token.text.length === 1)) {
      last = element?.last ?? at;
      at = last;
      plain = 0;
    }
    inUnit = unit || (inUnit && element !== undefined);
  }
  return last;
}

/** The answer to a question for an address that names no kind of street: "42 elm". */
function numberAndWords(tokens: readonly Token[], from: number): TokenSpan[] {
  for (let at = from; at < tokens.length; at += 1) {
    const end = houseNumberEnd(tokens, at);
    if (end === undefined) continue;
    let last = end;
    while (last - end < STREET_WORDS_MAX) {
      const token = tokens[last + 1];
      if (token?.kind !== 'word' || STOPS.has(token.text)) break;
      last += 1;
    }
    return last > end ? [{ first: at, last }] : [];
  }
  return [];
}
