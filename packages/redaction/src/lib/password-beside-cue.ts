import { COPULAS } from './cue-phrases.ts';
import type { Cue } from './cue.ts';
import { FILLERS } from './number-words.ts';
import { isPredicate, isSpelled, spanFrom, type PasswordSpan } from './password-value.ts';
import { valueBeforeLink } from './password-use.ts';
import * as list from './password-words.ts';
import type { Turn } from './read-turn.ts';
import type { Token } from './tokenize.ts';

const WORDS_BEFORE_COPULA_MAX = 6;
const VALUE_WORDS_MAX = 8;

/** "My password is swordfish", "I've reset it to swordfish". */
export function valueAfterCue({ role, tokens, cueAt }: Turn, cue: Cue): PasswordSpan | undefined {
  const changed = changedTo(tokens, cue) ?? typedAfter(tokens, cue);
  if (changed !== undefined) return changed;
  let at =
    /^[,.]$/.test(tokens[cue.last + 1]?.text ?? '') &&
    /^(?:it's|its|that's|it)$/.test(tokens[cue.last + 2]?.text ?? '')
      ? cue.last + 2
      : cue.last + 1;
  // "The password's swordfish".
  const isContracted =
    tokens[cue.last]?.text.endsWith("'s") === true && tokens[cue.last + 1]?.text !== 'name';
  for (let passed = 0; !isContracted && !COPULAS.has(tokens[at]?.text ?? ''); at += 1, passed += 1) {
    const token = tokens[at];
    if (passed >= WORDS_BEFORE_COPULA_MAX || token?.kind !== 'word')
      return looksCoded(tokens, cue.last + 1) ?? (role === 'customer' ? bareValue(tokens, cue) : undefined);
  }
  while (isLeadIn(tokens[at]?.text ?? '')) at += 1;
  const first = tokens[at];
  if (first === undefined || first.kind === 'masked' || (first.kind === 'mark' && first.text !== '#'))
    return undefined;
  if (isPredicate(tokens, at)) return undefined;
  const other = cueAt[at];
  if (other?.first === at && other.label === 'other') return undefined;
  return spanFrom(tokens, at);
}

/** "Password swordfish", and nothing else. */
function bareValue(tokens: readonly Token[], cue: Cue): PasswordSpan | undefined {
  if (!/^(?:password|passphrase|word|phrase|keyword)$/.test(tokens[cue.last]?.text ?? '')) return undefined;
  const at = cue.last + 1;
  const after = tokens[at];
  if (
    cue.first > BARE_WORDS_MAX ||
    tokens.at(-1)?.text === '?' ||
    after?.kind !== 'word' ||
    isPredicate(tokens, at)
  )
    return undefined;
  if (NO_BARE_VALUES.has(after.text) || list.STOPS.has(after.text) || FILLERS.has(after.text))
    return undefined;
  const span = spanFrom(tokens, at);
  return span.last - at < BARE_WORDS_MAX && tokens.slice(span.last + 1).every(({ kind }) => kind === 'mark')
    ? span
    : undefined;
}

const BARE_WORDS_MAX = 2;
const NO_BARE_VALUES: ReadonlySet<string> = new Set(
  'help issue issues problem problems change question questions trouble requirements rules link page reset resets manager screen box field works worked first next then again for from protected as and or by please today yet of was with number numbers recovery policy expires'.split(
    ' ',
  ),
);

/** "I've changed the password to ..." */
function changedTo(tokens: readonly Token[], cue: Cue): PasswordSpan | undefined {
  const at = cue.last + 2;
  if (tokens[cue.last + 1]?.text !== 'to' || tokens[at] === undefined || isPredicate(tokens, at))
    return undefined;
  const before = tokens.slice(Math.max(0, cue.first - CHANGED_WORDS_MAX), cue.first);
  const isChange = before.some(({ text }) =>
    /^(?:change|changed|set|reset|updated?|switched|made)$/.test(text),
  );
  return isChange ? spanFrom(tokens, at) : undefined;
}

/** "I type my password sunflower 18", "I've reset it to sunflower". */
function typedAfter(tokens: readonly Token[], cue: Cue): PasswordSpan | undefined {
  const at = tokens[cue.last + 1]?.text === ',' ? cue.last + 2 : cue.last + 1;
  const first = tokens[at];
  if (first === undefined || first.kind === 'mark' || first.kind === 'masked' || isPredicate(tokens, at))
    return undefined;
  if (list.STOPS.has(first.text) || FILLERS.has(first.text) || COPULAS.has(first.text)) return undefined;
  if (/^(?:set|reset)$/.test(tokens[cue.first]?.text ?? '')) return spanFrom(tokens, at);
  const before = tokens.slice(Math.max(0, cue.first - CHANGED_WORDS_MAX), cue.first);
  const isTyped = before.some(({ text }) => /^(?:type|typed|typing)$/.test(text));
  return isTyped ? (looksCoded(tokens, at) ?? spanFrom(tokens, at)) : undefined;
}

const CHANGED_WORDS_MAX = 3;

function isLeadIn(word: string): boolean {
  return COPULAS.has(word) || FILLERS.has(word) || word === ',' || word === '"';
}

/** "swordfish is my password". */
export function valueBeforeCue({ tokens }: Turn, cue: Cue): PasswordSpan | undefined {
  const [owner, link] = [tokens[cue.first - 1]?.text ?? '', tokens[cue.first - 2]?.text ?? ''];
  if (/^(?:as|for)$/.test(link) && /^(?:my|the|our|your|a)$/.test(owner))
    return valueBeforeLink(tokens, cue.first - 2);
  if (!/^(?:my|the|our)$/.test(owner) || !/^(?:is|was|that's|thats)$/.test(link)) return undefined;
  const last = cue.first - 3;
  const value = tokens[last];
  if (value === undefined || value.kind === 'mark' || !isStart(tokens, last)) return undefined;
  if (/^(?:what|that|which|it|this|here|where|how|who|one|problem|issue|thing)$/.test(value.text))
    return undefined;
  return { first: Math.max(0, startOfPhrase(tokens, last)), last };
}

function isStart(tokens: readonly Token[], last: number): boolean {
  return last - startOfPhrase(tokens, last) < VALUE_WORDS_MAX;
}

function startOfPhrase(tokens: readonly Token[], last: number): number {
  let first = last;
  while (first > 0 && last - first < VALUE_WORDS_MAX && tokens[first - 1]?.kind !== 'mark') first -= 1;
  while (
    first < last &&
    (list.LEAD_INS.has(tokens[first]?.text ?? '') || FILLERS.has(tokens[first]?.text ?? ''))
  )
    first += 1;
  return first;
}

/** "password Blue42x": without a verb only what mixes letters and digits, or is spelled, is a value. */
function looksCoded(tokens: readonly Token[], at: number): PasswordSpan | undefined {
  const end = chunkEnd(tokens, at);
  const chunk = tokens.slice(at, end + 1);
  const mixed = chunk.some(({ kind }) => kind === 'number') && chunk.some(({ kind }) => kind === 'word');
  if (mixed) return { first: at, last: end };
  const span = spanFrom(tokens, at);
  const startsSpelled = isSpelled(tokens, { first: at, last: at + 1 });
  return tokens[at] !== undefined && span.last > at + 1 && startsSpelled && isSpelled(tokens, span)
    ? span
    : undefined;
}

function chunkEnd(tokens: readonly Token[], at: number): number {
  let end = at;
  while (tokens[end + 1]?.spaced === false && tokens[end + 1]?.kind !== 'mark') end += 1;
  return end;
}
