import * as list from './password-words.ts';
import type { Token } from './tokenize.ts';

/** Token indexes of a spoken password, `last` included. */
export interface PasswordSpan {
  readonly first: number;
  readonly last: number;
}

const VALUE_TOKENS_MAX = 40;
const SPELLED_SHARE_MIN = 0.6;

/** "a" begins a password only where more letters follow: "a b c one two three". */
export function isLetterName(tokens: readonly Token[], at: number): boolean {
  const [letter, next] = [tokens[at], tokens[at + 1]];
  if (letter?.text.length !== 1 || next === undefined || next.kind === 'mark') return false;
  return next.kind === 'number' || next.text.length === 1 || list.NATO.has(next.text);
}

/** "not working", "wrong"; "old" only where nothing follows it. */
export function isPredicate(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]?.text ?? '';
  if (list.PREDICATES.has(word)) return !isLetterName(tokens, at);
  const next = tokens[at + 1];
  return (
    list.SOFT_PREDICATES.has(word) &&
    (next === undefined || next.kind === 'mark' || list.STOPS.has(next.text))
  );
}

/** Mostly letters, digits and names of signs. */
export function isSpelled(tokens: readonly Token[], { first, last }: PasswordSpan): boolean {
  let [spelled, all] = [0, 0];
  for (let at = first; at <= last; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.kind === 'mark' || list.SPELLING_BESIDE.has(token.text)) continue;
    all += 1;
    const isPart = token.kind === 'number' || token.text.length === 1 || list.SPELLING.has(token.text);
    if (isPart || list.NATO.has(token.text)) spelled += 1;
  }
  return spelled > 1 && spelled >= all * SPELLED_SHARE_MIN;
}

/** From the first token of the value to its end: a stop word, the end of the sentence, or the limit. */
export function spanFrom(tokens: readonly Token[], first: number): PasswordSpan {
  let last = first;
  for (let at = first; at < tokens.length && at - first < VALUE_TOKENS_MAX; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.kind === 'masked' || (at > first && endsValue(tokens, at))) break;
    if (token.kind !== 'mark' || !token.spaced) last = at;
  }
  while (last > first && /^[.,?;:"]$/.test(tokens[last]?.text ?? '')) last -= 1;
  return { first, last };
}

const TITLES: ReadonlySet<string> = new Set(['mr', 'mrs', 'ms', 'dr', 'st']);

function endsValue(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (token === undefined) return true;
  if (token.text === 'and') return next === undefined || list.AFTER_AND.has(next.text);
  // A letter said by its name is no pronoun: "h i five".
  const letter = token.text.length === 1 && (tokens[at - 1]?.text.length === 1 || next?.text.length === 1);
  // "Pruitt, that's p r u i t t".
  if (token.text === "that's" && isSpelled(tokens, { first: at + 1, last: at + 3 })) return false;
  if (token.kind === 'word') return token.spaced && !letter && list.STOPS.has(token.text);
  // A dot after one letter spells ("b. l. u. e."); any other before a space ends the sentence.
  const before = tokens[at - 1];
  const spelled = before?.kind === 'word' && (before.text.length === 1 || TITLES.has(before.text));
  return /^[.!?;]$/.test(token.text) && (next === undefined || next.spaced) && !spelled;
}
