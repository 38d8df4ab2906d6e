import type { Heard } from './asked-for.ts';
import { expectAfter } from './expectations.ts';
import { wordsOf } from './find-repeats.ts';
import { figuresOf } from './plain-answers.ts';
import type { Turn } from './read-turn.ts';
import { PIECES_MS_MAX, type RecentValue, type RedactionState } from './state.ts';
import { COMPLETE_DIGITS, type FoundSpan, type JudgedRun } from './verdict.ts';
import { withoutSpans } from './without-spans.ts';

const RECENT_VALUES_MAX = 8;
const PIECES_DIGITS_MAX = 19;
const CUT_DIGITS_MIN = 4;
const PLAIN_DIGITS_MIN = 3;
const PLAIN_DIGITS_MAX = 24;

/** What the turns that follow have to know of this one. */
export function nextState(
  turn: Turn,
  judged: readonly JudgedRun[],
  found: readonly FoundSpan[],
  state: RedactionState,
): RedactionState {
  const { atMs } = turn;
  const values = [
    ...judged.map(({ run, verdict }): RecentValue => {
      return { entity: verdict.entity, digits: run.digits, words: '', atMs };
    }),
    ...found.map((span): RecentValue => {
      return { entity: span.entity, digits: '', words: wordsOf(turn, span), atMs };
    }),
  ];
  const heard = [
    ...judged.map(({ run, verdict }): Heard => {
      return { entity: verdict.entity, digitCount: run.digits.length, inPieces: isPieceOfCard(run, verdict) };
    }),
    ...found.map(({ entity }): Heard => {
      return { entity, digitCount: COMPLETE_DIGITS[entity], inPieces: false };
    }),
  ];
  return {
    version: 3,
    lastAtMs: atMs,
    expectations: expectAfter(turn, heard, state),
    recent: [...state.recent, ...values].slice(-RECENT_VALUES_MAX),
    plain: [...state.plain, ...plainValues(turn, judged, found)].slice(-RECENT_VALUES_MAX),
    pieces: { ...state.pieces, [turn.role]: piecesAfter(turn, state) },
  };
}

function plainValues(
  turn: Turn,
  judged: readonly JudgedRun[],
  found: readonly FoundSpan[],
): RedactionState['plain'] {
  const masked = new Set(judged.map(({ run }) => run.first));
  const left = figuresOf(turn).filter(
    ({ first, digits }) =>
      digits.length >= PLAIN_DIGITS_MIN && digits.length <= PLAIN_DIGITS_MAX && !masked.has(first),
  );
  return withoutSpans(left, found, (run) => run)
    .slice(-RECENT_VALUES_MAX)
    .map(({ digits }) => ({ role: turn.role, digits, atMs: turn.atMs }));
}

/** Digits that end a turn of other words: the rest may follow in the next. */
function cutOff({ tokens, runs, cues }: Turn): string {
  const last = runs.at(-1);
  // "Your reference is 401 129": no beginning of a card.
  if (cues.length > 0 && cues.every(({ label, weak }) => label === 'other' && !weak)) return '';
  if (last === undefined || last.quantity !== undefined || last.digits.length < CUT_DIGITS_MIN) return '';
  return tokens.slice(last.last + 1).every(({ kind }) => kind === 'mark') ? last.digits : '';
}

function isPieceOfCard({ digits }: JudgedRun['run'], { entity, rule }: JudgedRun['verdict']): boolean {
  if (entity !== 'CREDIT_CARD_NUMBER') return false;
  return rule === 'pieces' || (rule === 'length' && digits.length < COMPLETE_DIGITS[entity]);
}

function piecesAfter(turn: Turn, state: RedactionState): RedactionState['pieces']['customer'] {
  const before = state.pieces[turn.role];
  if (turn.backChannel) return before;
  if (!turn.digitsOnly) return { digits: cutOff(turn), atMs: turn.atMs };
  const fresh = turn.atMs - before.atMs <= PIECES_MS_MAX ? before.digits : '';
  const said = turn.runs.map(({ digits }) => digits).join('');
  return { digits: (fresh + said).slice(-PIECES_DIGITS_MAX), atMs: turn.atMs };
}
