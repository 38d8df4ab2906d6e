import type { ParticipantRole } from '@earshot/domain';
import type { Finding } from './finding.ts';
import type { Heard } from './asked-for.ts';
import { expectAfter } from './expectations.ts';
import { coverRuns, findSpans } from './find-spans.ts';
import { wordsOf } from './find-repeats.ts';
import { judgeTurn } from './judge-turn.ts';
import { maskCustomRules } from './mask-custom-rules.ts';
import { placesAfter } from './mask-places.ts';
import { applyReplacements, maskCharacters, type Replacement } from './mask-text.ts';
import { hitOfRun, hitsOfSpans } from './masks.ts';
import { figuresOf } from './plain-answers.ts';
import type { RedactionPolicy } from './policy.ts';
import { preparePolicy, type PreparedPolicy } from './prepared-policy.ts';
import { readTurn, type Turn } from './read-turn.ts';
import { ageState, emptyState, PIECES_MS_MAX, type RecentValue, type RedactionState } from './state.ts';
import { COMPLETE_DIGITS, type FoundSpan, type JudgedRun } from './verdict.ts';

export interface ConversationTurn {
  readonly role: ParticipantRole;
  /** At most 20 000 UTF-16 units are examined; a longer turn is masked whole. */
  readonly text: string;
  /** Start of the turn by one clock of the conversation, ms. */
  readonly atMs: number;
}

export interface RedactionResult {
  readonly text: string;
  /** In order of `start`, without overlap. */
  readonly findings: readonly Finding[];
  /** The same findings with the places of their masks in `text`. */
  readonly masks: readonly Finding[];
  /** What was put where, by offsets of the turn as given, in order, without overlap. */
  readonly replacements: readonly Replacement[];
  /** The state for the next turn; may hold raw digits, so store it sealed only. */
  readonly state: RedactionState;
}

export interface Redactor {
  initialState(): RedactionState;
  /** Turns of both participants, in order. Never throws: a turn that cannot be examined is masked whole. */
  redact(turn: ConversationTurn, state: RedactionState): RedactionResult;
}

const TEXT_CHARS_MAX = 20_000;
const RECENT_VALUES_MAX = 8;
const PIECES_DIGITS_MAX = 19;
const CUT_DIGITS_MIN = 4;
const PLAIN_DIGITS_MIN = 3;
const PLAIN_DIGITS_MAX = 24;

/** @throws {RangeError} when a custom rule of the policy does not pass `checkCustomRule` */
export function createRedactor(policy: RedactionPolicy): Redactor {
  const prepared = preparePolicy(policy);
  return {
    initialState: emptyState,
    redact(turn, state) {
      if (turn.text.length > TEXT_CHARS_MAX) return maskWhole(turn.text, state);
      try {
        return redactTurn(turn, state, prepared);
      } catch {
        // Fail closed: whatever went wrong, no word of the turn gets out. The finding's rule tells the caller.
        return maskWhole(turn.text, state);
      }
    },
  };
}

function redactTurn(
  given: ConversationTurn,
  before: RedactionState,
  policy: PreparedPolicy,
): RedactionResult {
  const { text } = given;
  const state = ageState(before, given.atMs);
  const turn = readTurn(given.role, given.atMs, text, policy.cueEntities);
  const runs = judgeTurn(turn, state, policy);
  const found = coverRuns(findSpans(turn, state, policy.entitiesOf[given.role]), runs);
  const judged = withoutSpans(runs, found, ({ run }) => run);
  const spoken = [
    ...judged.map((one) => hitOfRun(text, turn, one, policy.mask)),
    ...hitsOfSpans(text, turn, found, policy.mask),
  ].toSorted((a, b) => a.start - b.start);
  const hits = policy.customRules.length === 0 ? spoken : maskCustomRules(text, policy, spoken);
  const replacements = hits.flatMap((hit) => hit.replacements);
  const findings = hits.map(({ entity, start, end, rule, confidence }): Finding => {
    return { entity, start, end, rule, confidence };
  });
  return {
    text: applyReplacements(text, replacements),
    findings,
    masks: placesAfter(findings, replacements),
    replacements,
    state: nextState(turn, judged, found, state),
  };
}

/** Runs that no span covers; both are in order. */
function withoutSpans<T>(
  judged: readonly T[],
  found: readonly FoundSpan[],
  runOf: (one: T) => Pick<JudgedRun['run'], 'first' | 'last'>,
): T[] {
  let next = 0;
  return judged.filter((one) => {
    const run = runOf(one);
    while ((found[next]?.last ?? Infinity) < run.first) next += 1;
    return run.last < (found[next]?.first ?? Infinity);
  });
}

function nextState(
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

function maskWhole(text: string, state: RedactionState): RedactionResult {
  const masked = maskCharacters(text);
  const finding: Finding = {
    entity: 'UNKNOWN',
    start: 0,
    end: text.length,
    rule: 'internal-error',
    confidence: 1,
  };
  return {
    text: masked,
    findings: [finding],
    masks: [{ ...finding, end: masked.length }],
    replacements: [{ start: 0, end: text.length, text: masked }],
    state,
  };
}
