import { FILLERS } from './number-words.ts';
import { valueAfterCue, valueBeforeCue } from './password-beside-cue.ts';
import { isLetterName, isPredicate, isSpelled, spanFrom, type PasswordSpan } from './password-value.ts';
import { startAfterVerb } from './password-use.ts';
import * as list from './password-words.ts';
import type { Turn } from './read-turn.ts';
import type { RedactionState } from './state.ts';
import type { Token } from './tokenize.ts';

const ANSWER_WORDS_MAX = 8;
const LEAD_IN_WORDS_MAX = 8;

/** Finds passwords that are said as words: after a cue with a verb, or as the answer to a question for one. */
export function findPasswords(turn: Turn, state: RedactionState): PasswordSpan[] {
  const cues = turn.cues.filter(({ label, weak }) => label === 'PASSWORD' && !weak);
  const spans: PasswordSpan[] = [];
  for (const cue of cues) {
    if (cue.first <= (spans.at(-1)?.last ?? -1)) continue;
    const span = valueAfterCue(turn, cue) ?? valueBeforeCue(turn, cue);
    if (span !== undefined) spans.push(span);
  }
  if (cues.length > 0) return withoutOverlap(spans);
  const expected = state.expectations.find(
    ({ entity, asker, weak }) =>
      entity === 'PASSWORD' && !weak && (asker === 'anyone' || asker !== turn.role),
  );
  if (expected === undefined) return [];
  if (turn.role === 'agent' && !isAnnounced(turn)) return [];
  const answer = answerOf(turn);
  // Once it was said, only more spelling and another try belong to it; thanks and small talk follow.
  if (
    answer === undefined ||
    namesOther(turn, answer) ||
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

/** "Okay, it is swordfish": an agent says much else. */
function isAnnounced({ tokens }: Turn): boolean {
  return tokens.slice(0, ANNOUNCED_WORDS_MAX).some(({ text }) => /^(?:it's|its|is|that's)$/.test(text));
}

const ANNOUNCED_WORDS_MAX = 5;

/** "Ticket 4928", "error 50". */
function namesOther({ cues }: Turn, { first }: PasswordSpan): boolean {
  return cues.some(
    (cue) =>
      (cue.label === 'other' && cue.first >= first && cue.first <= first + 1) ||
      (cue.label === 'PASSWORD' && cue.first >= first),
  );
}

/** An amount or a date answers another question. */
function holdsQuantity({ runs, tokens }: Turn, { first, last }: PasswordSpan): boolean {
  return runs.some(
    (run) =>
      run.quantity !== undefined &&
      run.first >= first &&
      run.last <= last &&
      // The sign of "falcon$08" belongs to the word.
      (tokens[run.first - 1]?.kind !== 'mark' ||
        tokens[run.first - 1]?.spaced === true ||
        run.first - 1 <= first),
  );
}

function answerOf({ tokens }: Turn): PasswordSpan | undefined {
  let at = startOfAnswer(tokens);
  if (/^(?:a|an|on|in|at)$/.test(tokens[at]?.text ?? '') && !isLetterName(tokens, at)) at += 1;
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

const GUESS_TOKENS_MAX = 5;

/** "How about swordfish?" is none. */
function isQuestion(tokens: readonly Token[]): boolean {
  if (tokens.at(-1)?.text !== '?') return false;
  // "Maybe orchid?"
  if (tokens.length <= GUESS_TOKENS_MAX && !list.NO_ANSWER.has(tokens[0]?.text ?? '')) return false;
  return tokens
    .slice(0, LEAD_IN_WORDS_MAX)
    .every(({ text }) => text !== 'about' && text !== 'be' && text !== 'use');
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
  return startAfterVerb(tokens, at) ?? at;
}

function leadInLength(tokens: readonly Token[], at: number): number {
  const phrase = list.LEAD_IN_PHRASES.find((words) =>
    words.every((word, i) => tokens[at + i]?.text === word),
  );
  if (phrase !== undefined) return phrase.length;
  const word = tokens[at]?.text ?? '';
  return list.LEAD_INS.has(word) || FILLERS.has(word) || /^[,.:]$/.test(word) ? 1 : 0;
}

function withoutOverlap(spans: readonly PasswordSpan[]): PasswordSpan[] {
  return spans.filter((span, i) => i === 0 || span.first > (spans[i - 1]?.last ?? -1));
}
