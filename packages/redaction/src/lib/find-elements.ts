import { COPULAS } from './cue-phrases.ts';
import { readNumberElement, type NumberElement } from './number-element.ts';
import {
  FILLERS,
  DIGIT_WORDS,
  HOMOPHONES,
  JOINING_MARKS,
  MULTIPLIERS,
  TENS_WORDS,
  ZERO_LETTERS,
} from './number-words.ts';
import type { Token } from './tokenize.ts';

/**
 * Finds every number of a turn in order. Tokens for which `isTaken` says so belong to a cue ("the last four",
 * "one time code") and are no numbers.
 */
export function findElements(tokens: readonly Token[], isTaken: (at: number) => boolean): NumberElement[] {
  const elements: NumberElement[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    if (isTaken(at) || isPartOfName(tokens, at, isTaken)) continue;
    if (isOrdinal(tokens, at)) {
      at += 1;
      continue;
    }
    const element =
      readNumberElement(tokens, at) ??
      readCutMultiplier(tokens, at, elements.at(-1)) ??
      readBesideDigits(tokens, at, elements.at(-1), isTaken) ??
      readAnnounced(tokens, at, isTaken);
    if (element === undefined || isTaken(element.last)) continue;
    elements.push(element);
    at = element.last;
  }
  return elements;
}

/** "4th", "A12", "3G": digits that touch letters name something; a cue may touch its value ("PIN1234"). */
function isPartOfName(tokens: readonly Token[], at: number, isTaken: (at: number) => boolean): boolean {
  if (tokens[at]?.kind !== 'number') return false;
  const [before, after] = [tokens[at - 1], tokens[at + 1]];
  const touching = tokens[at]?.spaced === false;
  const touchesBefore = before?.kind === 'word' && touching && !isTaken(at - 1);
  if (touching && isPrefix(tokens, at - 1) && !isTaken(at - 2)) return true;
  return touchesBefore || (after?.kind === 'word' && !after.spaced);
}

/** "KK-" of "KK-44671". */
function isPrefix(tokens: readonly Token[], markAt: number): boolean {
  const [letters, mark] = [tokens[markAt - 1], tokens[markAt]];
  if (mark?.text !== '-' || mark.spaced || letters?.kind !== 'word') return false;
  return letters.text.length <= PREFIX_LETTERS_MAX && !DIGIT_WORDS.has(letters.text);
}

const PREFIX_LETTERS_MAX = 3;

/** "Five zero double", where the turn ends: it goes with what comes next. */
function readCutMultiplier(
  tokens: readonly Token[],
  at: number,
  previous: NumberElement | undefined,
): NumberElement | undefined {
  const token = tokens[at];
  if (token === undefined || previous?.last !== at - 1 || !MULTIPLIERS.has(token.text)) return undefined;
  const ends = skipMarks(tokens, at + 1) === tokens.length;
  return ends ? { first: at, last: at, spoken: true, readings: [''] } : undefined;
}

/** "twenty fifth". */
function isOrdinal(tokens: readonly Token[], at: number): boolean {
  if (!TENS_WORDS.has(tokens[at]?.text ?? '')) return false;
  return /^(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)$/.test(tokens[at + 1]?.text ?? '');
}

/** "oh" and "o" beside a digit, and "to", "for", "ate" inside a run of digit words, are digits. */
function readBesideDigits(
  tokens: readonly Token[],
  at: number,
  previous: NumberElement | undefined,
  isTaken: (at: number) => boolean,
): NumberElement | undefined {
  const word = tokens[at]?.text ?? '';
  const follows = previous !== undefined && onlyMarksBetween(tokens, previous.last, at);
  if (
    ZERO_LETTERS.has(word) &&
    (follows || leadsToDigit(tokens, at) || isBetweenDigits(tokens, at, previous))
  ) {
    return { first: at, last: at, spoken: true, readings: ['0'] };
  }
  const digit = HOMOPHONES.get(word);
  if (digit === undefined || !follows || !previous.spoken || isScaled(previous)) return undefined;
  const next = skipPause(tokens, at + 1);
  // "Four to six numbers" names a length.
  if (isTaken(next)) return undefined;
  if (next < tokens.length && readNumberElement(tokens, next)?.spoken !== true) return undefined;
  return { first: at, last: at, spoken: true, readings: [digit, ''] };
}

/** "Three thousand five hundred to five thousand". */
function isScaled({ first, last, readings }: NumberElement): boolean {
  return last > first && readings[0].length > 2 && readings.length > 1;
}

/** "my PIN is won two three four": at the head of a value only where one is announced. */
function readAnnounced(
  tokens: readonly Token[],
  at: number,
  isTaken: (at: number) => boolean,
): NumberElement | undefined {
  const digit = HOMOPHONES.get(tokens[at]?.text ?? '');
  if (digit === undefined || !(isTaken(at - 1) || COPULAS.has(tokens[at - 1]?.text ?? ''))) return undefined;
  const next = skipMarks(tokens, at + 1);
  const second = readNumberElement(tokens, next);
  if (second?.spoken !== true || readNumberElement(tokens, skipMarks(tokens, second.last + 1)) === undefined)
    return undefined;
  return { first: at, last: at, spoken: true, readings: [digit, ''] };
}

/** "one um oh um one". */
function isBetweenDigits(tokens: readonly Token[], at: number, previous: NumberElement | undefined): boolean {
  if (previous === undefined || at - previous.last > PAUSE_TOKENS_MAX) return false;
  if (skipPause(tokens, previous.last + 1) !== at) return false;
  const next = skipPause(tokens, at + 1);
  return (
    next >= tokens.length ||
    ZERO_LETTERS.has(tokens[next]?.text ?? '') ||
    readNumberElement(tokens, next) !== undefined
  );
}

const PAUSE_TOKENS_MAX = 4;

function skipPause(tokens: readonly Token[], from: number): number {
  let at = from;
  while (at - from < PAUSE_TOKENS_MAX && isPause(tokens[at]?.text ?? '')) at += 1;
  return at;
}

function isPause(text: string): boolean {
  return FILLERS.has(text) || JOINING_MARKS.has(text);
}

/** "oh oh seven"; not "oh, seven people called", where a comma or a sentence end comes between. */
function leadsToDigit(tokens: readonly Token[], at: number): boolean {
  let next = at + 1;
  const isZero = (word: string): boolean => ZERO_LETTERS.has(word) || HOMOPHONES.has(word);
  while (isZero(tokens[next]?.text ?? '') && next - at < ZERO_CHAIN_MAX) next += 1;
  if (readNumberElement(tokens, next) !== undefined) return true;
  // "Oh, five, three, one" is spelled.
  const second = readNumberElement(tokens, skipMarks(tokens, at + 1));
  return second !== undefined && readNumberElement(tokens, skipMarks(tokens, second.last + 1)) !== undefined;
}

const ZERO_CHAIN_MAX = 8;

function onlyMarksBetween(tokens: readonly Token[], from: number, to: number): boolean {
  return skipMarks(tokens, from + 1) === to;
}

function skipMarks(tokens: readonly Token[], from: number): number {
  let at = from;
  while (JOINING_MARKS.has(tokens[at]?.text ?? '')) at += 1;
  return at;
}
