import { FILLERS } from './number-words.ts';
import { readNumberElement } from './number-element.ts';
import type { PasswordSpan } from './password-value.ts';
import { NATO, PREDICATES, STOPS } from './password-words.ts';
import type { Turn } from './read-turn.ts';
import type { RedactionState } from './state.ts';
import type { Token } from './tokenize.ts';

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** One word, or the first of two. */
const SIGNS = words('underscore hashtag ampersand asterisk');
const SIGN_STARTS = words('exclamation dollar pound at hash percent equals plus number');
const SIGN_ENDS = words('point mark sign');
/** Before a word and figures, these make a password of them where one is spoken of. */
const USES = words(
  "using use used entering enter entered as with is it's its was typing typed type put putting said try tried set",
);
const WORD_CHARS_MIN = 3;
const DIGITS_MAX = 5;
const DIGIT_ELEMENTS_MAX = 6;

/**
 * Finds what reads like a password by itself: a word, a sign and figures ("Velvet!2935", "velvet exclamation point two
 * nine"). Where a password is spoken of, a hyphen or no sign will do.
 */
export function findPasswordShapes(turn: Turn, state: RedactionState): PasswordSpan[] {
  const { tokens } = turn;
  const spoken =
    turn.cues.some(({ label }) => label === 'PASSWORD') ||
    state.expectations.some(({ entity }) => entity === 'PASSWORD');
  const loose = spoken && turn.cues.every(({ label }) => label !== 'other');
  const found: PasswordSpan[] = [];
  for (let at = 1; at < tokens.length; at += 1) {
    if (readNumberElement(tokens, at) === undefined && tokens[at]?.text !== 'oh') continue;
    const first = startBefore(tokens, at, loose);
    const last = endOfFigures(tokens, at);
    if (first !== undefined) found.push({ first, last });
    at = last;
  }
  return found;
}

function startBefore(tokens: readonly Token[], at: number, spoken: boolean): number | undefined {
  const [sign, figure] = [tokens[at - 1], tokens[at]];
  if (sign === undefined || figure === undefined) return undefined;
  if (sign.kind === 'mark') {
    const glued = !sign.spaced && !figure.spaced && isWord(tokens[at - 2]);
    return glued && (/^[!@#$%^&*_+=~]$/.test(sign.text) || (spoken && sign.text === '-'))
      ? at - 2
      : undefined;
  }
  if (SIGNS.has(sign.text) || (spoken && sign.text === 'dash'))
    return isWord(tokens[at - 2]) ? at - 2 : undefined;
  if (SIGN_ENDS.has(sign.text) && SIGN_STARTS.has(tokens[at - 2]?.text ?? '')) {
    return isWord(tokens[at - 3]) ? at - 3 : undefined;
  }
  if (!spoken || !isWord(sign)) return undefined;
  if (!figure.spaced) return at - 1;
  const digits = digitsFrom(tokens, at);
  return USES.has(tokens[at - 2]?.text ?? '') && digits > 1 && digits <= DIGITS_MAX ? at - 1 : undefined;
}

function isWord(token: Token | undefined): boolean {
  if (token?.kind !== 'word' || token.text.length < WORD_CHARS_MIN || NATO.has(token.text)) return false;
  return !(
    FILLERS.has(token.text) ||
    STOPS.has(token.text) ||
    PREDICATES.has(token.text) ||
    USES.has(token.text)
  );
}

function endOfFigures(tokens: readonly Token[], first: number): number {
  let last = first;
  for (let at = first, parts = 0; parts < DIGIT_ELEMENTS_MAX; parts += 1) {
    const element = readNumberElement(tokens, at);
    if (element === undefined && !/^(?:oh|o)$/.test(tokens[at]?.text ?? '')) break;
    last = element?.last ?? at;
    at = last + 1;
  }
  return last;
}

function digitsFrom(tokens: readonly Token[], first: number): number {
  let digits = 0;
  for (let at = first; at <= endOfFigures(tokens, first); at += 1) {
    digits += tokens[at]?.kind === 'number' ? (tokens[at]?.text.length ?? 0) : 1;
  }
  return digits;
}
