import { COPULAS } from './cue-phrases.ts';
import type { Cue } from './find-cues.ts';
import { FILLERS } from './number-words.ts';
import { isLetterName, isPredicate, isSpelled, spanFrom, type PasswordSpan } from './password-value.ts';
import * as list from './password-words.ts';
import type { Turn } from './read-turn.ts';
import type { RedactionState } from './state.ts';
import type { Token } from './tokenize.ts';

const WORDS_BEFORE_COPULA_MAX = 6;
const ANSWER_WORDS_MAX = 8;
const LEAD_IN_WORDS_MAX = 8;

/** Finds passwords that are said as words: after a cue with a verb, or as the answer to a question for one. */
export function findPasswords(turn: Turn, state: RedactionState): PasswordSpan[] {
  const cues = turn.cues.filter(({ label }) => label === 'PASSWORD');
  const spans = cues.flatMap((cue) => valueAfterCue(turn, cue) ?? valueBeforeCue(turn, cue) ?? []);
  if (spans.length > 0 || cues.length > 0) return withoutOverlap(spans);
  const expected = state.expectations.find(
    ({ entity, asker, weak }) =>
      entity === 'PASSWORD' && !weak && (asker === 'anyone' || asker !== turn.role),
  );
  if (expected === undefined) return [];
  const answer = answerOf(turn);
  // Once it was said, only more spelling and another try belong to it; thanks and small talk follow.
  if (
    answer === undefined ||
    holdsQuantity(turn, answer) ||
    (expected.digitCount > 0 && !isSpelled(turn.tokens, answer) && !isRetry(turn, answer))
  )
    return [];
  return [answer];
}

/** "then snowball", "or try snowball". */
function isRetry({ tokens }: Turn, { first, last }: PasswordSpan): boolean {
  if (last - first < RETRY_WORDS_MAX && tokens[last]?.text === 'then') return true;
  return (
    last - first < RETRY_WORDS_MAX &&
    first > 0 &&
    /^(?:then|try|maybe|or|use|no|how|what|hmm|really)$/.test(tokens[0]?.text ?? '')
  );
}

const RETRY_WORDS_MAX = 4;

/** An amount or a date answers another question. */
function holdsQuantity({ runs }: Turn, { first, last }: PasswordSpan): boolean {
  return runs.some((run) => run.quantity !== undefined && run.first >= first && run.last <= last);
}

function valueAfterCue({ tokens, cues }: Turn, cue: Cue): PasswordSpan | undefined {
  const changed = changedTo(tokens, cue);
  if (changed !== undefined) return changed;
  let at =
    /^[,.]$/.test(tokens[cue.last + 1]?.text ?? '') &&
    /^(?:it's|its|that's|it)$/.test(tokens[cue.last + 2]?.text ?? '')
      ? cue.last + 2
      : cue.last + 1;
  for (let passed = 0; !COPULAS.has(tokens[at]?.text ?? ''); at += 1, passed += 1) {
    const token = tokens[at];
    if (passed >= WORDS_BEFORE_COPULA_MAX || token?.kind !== 'word') return looksCoded(tokens, cue.last + 1);
  }
  while (isLeadIn(tokens[at]?.text ?? '')) at += 1;
  const first = tokens[at];
  if (first === undefined || first.kind === 'masked' || (first.kind === 'mark' && first.text !== '#'))
    return undefined;
  if (isPredicate(tokens, at)) return undefined;
  if (cues.some((other) => other.first === at && other.label === 'other')) return undefined;
  return spanFrom(tokens, at);
}

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

const CHANGED_WORDS_MAX = 3;

function isLeadIn(word: string): boolean {
  return COPULAS.has(word) || FILLERS.has(word) || word === ',' || word === '"';
}

/** "swordfish is my password". */
function valueBeforeCue({ tokens }: Turn, cue: Cue): PasswordSpan | undefined {
  const [owner, link] = [tokens[cue.first - 1]?.text ?? '', tokens[cue.first - 2]?.text ?? ''];
  if (!/^(?:my|the|our)$/.test(owner) || !/^(?:is|was|that's|thats)$/.test(link)) return undefined;
  const last = cue.first - 3;
  const value = tokens[last];
  if (value === undefined || value.kind === 'mark' || !isStart(tokens, last)) return undefined;
  if (/^(?:what|that|which|it|this|here|where|how|who|one|problem|issue|thing)$/.test(value.text))
    return undefined;
  return { first: Math.max(0, startOfPhrase(tokens, last)), last };
}

function isStart(tokens: readonly Token[], last: number): boolean {
  return last - startOfPhrase(tokens, last) < ANSWER_WORDS_MAX;
}

function startOfPhrase(tokens: readonly Token[], last: number): number {
  let first = last;
  while (first > 0 && last - first < ANSWER_WORDS_MAX && tokens[first - 1]?.kind !== 'mark') first -= 1;
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

function answerOf({ tokens }: Turn): PasswordSpan | undefined {
  const at = startOfAnswer(tokens);
  const first = tokens[at];
  if (first === undefined || first.kind === 'masked' || isQuestion(tokens)) return undefined;
  if ((list.NO_ANSWER.has(first.text) && !isLetterName(tokens, at)) || isPredicate(tokens, at))
    return undefined;
  const span = spanFrom(tokens, at);
  if (isSpelled(tokens, span)) return span;
  let wordCount = 0;
  for (let i = span.first; i <= span.last; i += 1) if (tokens[i]?.spaced === true) wordCount += 1;
  return wordCount <= ANSWER_WORDS_MAX ? span : undefined;
}

/** "How about swordfish?" is none. */
function isQuestion(tokens: readonly Token[]): boolean {
  if (tokens.at(-1)?.text !== '?') return false;
  return tokens.slice(0, LEAD_IN_WORDS_MAX).every(({ text }) => text !== 'about');
}

/** After the words that lead in: "oh gosh um I think it's ...". */
function startOfAnswer(tokens: readonly Token[]): number {
  let at = 0;
  for (let next = -1; next !== at;) {
    next = at;
    at += leadInLength(tokens, at);
  }
  if (!list.NO_ANSWER.has(tokens[at]?.text ?? '') || isLetterName(tokens, at)) return at;
  for (let after = at; after < at + LEAD_IN_WORDS_MAX; after += 1) {
    const word = tokens[after]?.text ?? '';
    const copula = word === 'it' && /^(?:is|was)$/.test(tokens[after + 1]?.text ?? '') ? 2 : 1;
    if (copula === 2 || /^(?:it's|its)$/.test(word)) return after + copula;
  }
  return at;
}

function leadInLength(tokens: readonly Token[], at: number): number {
  const phrase = list.LEAD_IN_PHRASES.find((words) =>
    words.every((word, i) => tokens[at + i]?.text === word),
  );
  if (phrase !== undefined) return phrase.length;
  const word = tokens[at]?.text ?? '';
  return list.LEAD_INS.has(word) || FILLERS.has(word) || /^[,.:]$/.test(word) ? 1 : 0;
}

function chunkEnd(tokens: readonly Token[], at: number): number {
  let end = at;
  while (tokens[end + 1]?.spaced === false && tokens[end + 1]?.kind !== 'mark') end += 1;
  return end;
}

function withoutOverlap(spans: readonly PasswordSpan[]): PasswordSpan[] {
  return spans.filter((span, i) => i === 0 || span.first > (spans[i - 1]?.last ?? -1));
}
