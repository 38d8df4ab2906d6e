import type { DigitRun } from './digit-runs.ts';
import { WEAK_TURNS } from './new-expectations.ts';
import { isYear } from './quantity-words.ts';
import type { Turn } from './read-turn.ts';
import { isKnownPlain, type RedactionState } from './state.ts';
import type { FoundSpan } from './verdict.ts';

/** Fewer are said back by chance. */
const ECHO_DIGITS_MIN = 5;
const COUNT_DIGITS_MAX = 2;
const QUESTION_TOKENS_MAX = 16;

type Figure = Pick<DigitRun, 'first' | 'last' | 'digits'>;

/** "How many people live there", "what's the number on the envelope": it names no secret. */
export function asksPlainly({ role, tokens, cues, runs }: Turn): boolean {
  if (role !== 'agent' || runs.length > 0 || tokens.length > QUESTION_TOKENS_MAX) return false;
  if (cues.some(({ label, weak }) => label !== 'none' && label !== 'other' && !weak)) return false;
  const text = tokens.map((token) => token.text);
  return text.some((word, at) => {
    const next = text[at + 1] ?? '';
    if (word === 'how') return /^(?:many|much|long|old|far|often|big|tall|fast)$/.test(next);
    if (word === 'what' || word === 'which') return /^(?:time|year|day|month|channel)$/.test(next);
    if (word === 'when') return /^(?:did|was|were|do|will|are|is)$/.test(next) && text.includes('you');
    return word === 'number' && next === 'on' && text.some((noun) => PAPERS.has(noun));
  });
}

const PAPERS: ReadonlySet<string> = new Set(
  'envelope letter box label sticker bill statement receipt form tag plate ticket package bottle invoice'.split(
    ' ',
  ),
);

/** "Two", "in 2019", right after a question for a count or a time; other answers may still be the secret. */
export function answersPlainly({ digits }: DigitRun, { expectations }: RedactionState): boolean {
  const isAsked = expectations.some(
    ({ entity, turnsLeft, weak }) => entity === 'other' && weak && turnsLeft >= WEAK_TURNS,
  );
  return isAsked && (digits.length <= COUNT_DIGITS_MAX || isYear(digits));
}

/** The very digits that the other side said in clear. */
export function isEcho({ digits }: Figure, turn: Turn, state: RedactionState): boolean {
  return digits.length >= ECHO_DIGITS_MIN && isKnownPlain(state, turn.role, digits);
}

/** Tells of a span whether it only says back: "Q F 515351, thanks", of a ticket that was just given, is no password. */
export function findEchoSpans(turn: Turn, state: RedactionState): (span: FoundSpan) => boolean {
  if (state.plain.length === 0) return () => false;
  const figures = new Map(figuresOf(turn).map((figure) => [figure.first, figure]));
  return ({ first, last }) => {
    let echoes = 0;
    for (let at = first; at <= last; at += 1) {
      const figure = figures.get(at);
      if (figure === undefined || figure.last > last) continue;
      if (!isEcho(figure, turn, state)) return false;
      echoes += 1;
    }
    return echoes > 0;
  };
}

/** Runs, and the figures of codes such as "QF-515351", which are none; in order. */
export function figuresOf({ tokens, runs }: Turn): Figure[] {
  const inRuns = new Set<number>();
  for (const { first, last } of runs) for (let at = first; at <= last; at += 1) inRuns.add(at);
  const coded = tokens.flatMap(({ kind, text }, at): Figure[] =>
    kind === 'number' && text.length >= ECHO_DIGITS_MIN && !inRuns.has(at)
      ? [{ first: at, last: at, digits: text }]
      : [],
  );
  return [...runs, ...coded].toSorted((a, b) => a.first - b.first);
}

/** "About 3486", "142 over 99"; "start over 4821" is none. */
export function isEstimated({ first }: DigitRun, { tokens, runs }: Turn): boolean {
  const [before, word] = [tokens[first - 2]?.text ?? '', tokens[first - 1]?.text ?? ''];
  if (word === 'over') return runs.some(({ last }) => last === first - 2);
  return APPROXIMATE.test(word) && !/^(?:how|what|way|sorry)$/.test(before);
}

/** "And at 62", "built in 2003", "a 2011 Toyota". */
export function isMeasured({ first, last, digits }: DigitRun, { tokens }: Turn): boolean {
  const [before, word] = [tokens[first - 2]?.text ?? '', tokens[first - 1]?.text ?? ''];
  if (!isYear(digits) && digits.length > COUNT_DIGITS_MAX) return false;
  if (/^(?:at|in|since|until|till)$/.test(word)) return tokens[last + 1]?.kind !== 'word' || isYear(digits);
  if (before === 'and' && word === 'for') return true;
  return isYear(digits) && /^an?$/.test(word) && tokens[last + 1]?.kind === 'word';
}

const APPROXIMATE = /^(?:about|approximately|roughly|almost|nearly|around)$/;

/** "All sixteen?": how many digits an agent wants. */
export function isDigitCount({ first, digits }: DigitRun, { role, tokens }: Turn): boolean {
  return role === 'agent' && digits.length <= COUNT_DIGITS_MAX && tokens[first - 1]?.text === 'all';
}
