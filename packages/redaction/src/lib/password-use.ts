import { FILLERS } from './number-words.ts';
import { isPredicate, spanFrom, type PasswordSpan } from './password-value.ts';
import * as list from './password-words.ts';
import type { Token } from './tokenize.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** What is done with a password; its value follows. */
const VERBS = words(
  'use used using picked chose chosen put entered typed tried said say set named called got have has made gave with wrote is was be believe guess think',
);
const NO_VALUES = words(
  'it that this one them him her me us you my your the to so not it anything something nothing no',
);
const REACH_WORDS_MAX = 8;
const VALUE_WORDS_MAX = 4;
const BEFORE_WORDS_MAX = 3;

/** "I usually go with swordfish", "I'm pretty sure I used swordfish": where the value begins after the last verb. */
export function startAfterVerb(tokens: readonly Token[], from: number): number | undefined {
  let start: number | undefined;
  for (let at = from; at < Math.min(tokens.length, from + REACH_WORDS_MAX); at += 1) {
    const token = tokens[at];
    if (token === undefined || /^[.?!;]$/.test(token.text)) break;
    if (VERBS.has(token.text)) start = afterFillers(tokens, at + 1);
  }
  if (start === undefined || !isValue(tokens, start)) return undefined;
  const { first, last } = spanFrom(tokens, start);
  const wordCount = tokens.slice(first, last + 1).filter(({ spaced }) => spaced).length;
  return wordCount <= VALUE_WORDS_MAX ? start : undefined;
}

/** "I use swordfish as my password", "you have tulip for the password": what stands between the verb and the link. */
export function valueBeforeLink(tokens: readonly Token[], linkAt: number): PasswordSpan | undefined {
  for (let verbAt = linkAt - 2; verbAt >= 0 && verbAt >= linkAt - 1 - BEFORE_WORDS_MAX; verbAt -= 1) {
    if (!VERBS.has(tokens[verbAt]?.text ?? '')) continue;
    return isValue(tokens, verbAt + 1) ? { first: verbAt + 1, last: linkAt - 1 } : undefined;
  }
  return undefined;
}

function isValue(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token === undefined || token.kind === 'mark' || token.kind === 'masked') return false;
  return !(NO_VALUES.has(token.text) || list.STOPS.has(token.text) || isPredicate(tokens, at));
}

function afterFillers(tokens: readonly Token[], from: number): number {
  let at = from;
  while (
    FILLERS.has(tokens[at]?.text ?? '') ||
    /^(?:,|probably|maybe|just|a|an)$/.test(tokens[at]?.text ?? '')
  )
    at += 1;
  return at;
}
