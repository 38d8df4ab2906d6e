import type { ParticipantRole } from '@earshot/domain';
import { expectAfter } from './expectations.ts';
import type { Finding } from './finding.ts';
import { findPasswords, type PasswordSpan } from './find-passwords.ts';
import { judgeTurn } from './judge-turn.ts';
import { applyReplacements, maskCharacters, maskRun, type Replacement, type Span } from './mask-text.ts';
import { placesAfter } from './mask-places.ts';
import type { RedactionPolicy } from './policy.ts';
import { readTurn, type Turn } from './read-turn.ts';
import { ageState, emptyState, type RedactionState } from './state.ts';
import type { JudgedRun } from './verdict.ts';

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

interface Hit extends Finding {
  readonly replacements: readonly Replacement[];
}

const TEXT_CHARS_MAX = 20_000;
const RECENT_VALUES_MAX = 8;
const PIECES_DIGITS_MAX = 19;
const PIECES_MS_MAX = 12_000;

export function createRedactor(policy: RedactionPolicy): Redactor {
  return {
    initialState: emptyState,
    redact(turn, state) {
      if (turn.text.length > TEXT_CHARS_MAX) return maskWhole(turn.text, state);
      try {
        return redactTurn(turn, state, policy);
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
  policy: RedactionPolicy,
): RedactionResult {
  const state = ageState(before, given.atMs);
  const turn = readTurn(given.role, given.atMs, given.text, policy);
  const passwords = policy.entities.includes('PASSWORD') ? findPasswords(turn, state) : [];
  const judged = judgeTurn(turn, state, policy).filter(({ run }) =>
    passwords.every((span) => !overlaps(run, span)),
  );
  const hits = [
    ...judged.map((found) => hitOfRun(given.text, turn, found, policy)),
    ...passwords.map((span) => hitOfPassword(given.text, turn, span, policy)),
  ].toSorted((a, b) => a.start - b.start);
  const replacements = hits.flatMap((hit) => hit.replacements);
  const findings = hits.map(({ replacements: _, ...finding }): Finding => finding);
  return {
    text: applyReplacements(given.text, replacements),
    findings,
    masks: placesAfter(findings, replacements),
    replacements,
    state: nextState(turn, judged, state),
  };
}

function nextState(turn: Turn, judged: readonly JudgedRun[], state: RedactionState): RedactionState {
  const values = judged.map(({ run, verdict }) => ({
    entity: verdict.entity,
    digits: run.digits,
    atMs: turn.atMs,
  }));
  const before = state.pieces[turn.role];
  const fresh = turn.atMs - before.atMs <= PIECES_MS_MAX ? before.digits : '';
  const said = turn.runs.map(({ digits }) => digits).join('');
  const digits = turn.backChannel ? fresh : turn.digitsOnly ? (fresh + said).slice(-PIECES_DIGITS_MAX) : '';
  const pieces = turn.backChannel ? before : { digits, atMs: turn.atMs };
  return {
    version: 1,
    lastAtMs: turn.atMs,
    expectations: expectAfter(turn, judged, state),
    recent: [...state.recent, ...values].slice(-RECENT_VALUES_MAX),
    pieces: { ...state.pieces, [turn.role]: pieces },
  };
}

function hitOfRun(text: string, turn: Turn, { run, verdict }: JudgedRun, policy: RedactionPolicy): Hit {
  const { start, end } = run;
  const { entity } = verdict;
  const replacements =
    policy.mask === 'label'
      ? [{ start, end, text: `[${entity}]` }]
      : maskRun(text, run, (at) => spanOf(turn, at));
  return { ...verdict, start, end, replacements };
}

function hitOfPassword(text: string, turn: Turn, span: PasswordSpan, policy: RedactionPolicy): Hit {
  const { start } = spanOf(turn, span.first);
  const { end } = spanOf(turn, span.last);
  const inside = turn.runs.filter((run) => run.first >= span.first && run.last <= span.last);
  const hashes = passwordReplacements(text, turn, inside, { start, end });
  const replacements = policy.mask === 'label' ? [{ start, end, text: '[PASSWORD]' }] : hashes;
  return { entity: 'PASSWORD', rule: 'spoken-value', confidence: 0.8, start, end, replacements };
}

/** Spoken digits inside a password count as digits; every other character is masked on its own. */
function passwordReplacements(
  text: string,
  turn: Turn,
  runs: Turn['runs'],
  { start, end }: Span,
): Replacement[] {
  const spoken = runs.flatMap((run) => maskRun(text, run, (at) => spanOf(turn, at)));
  const edges = [start, ...spoken.flatMap((part) => [part.start, part.end]), end];
  const between = Array.from({ length: spoken.length + 1 }, (_, i): Replacement => {
    const [from = start, to = end] = [edges[2 * i], edges[2 * i + 1]];
    return { start: from, end: to, text: maskCharacters(text.slice(from, to)) };
  });
  return [...spoken, ...between].toSorted((a, b) => a.start - b.start || a.end - b.end);
}

function spanOf(turn: Turn, tokenAt: number): Span {
  const token = turn.tokens[tokenAt];
  if (token === undefined)
    throw new RangeError(`Cannot mask token ${tokenAt}: turn has ${turn.tokens.length} tokens`);
  return token;
}

function overlaps(a: { first: number; last: number }, b: { first: number; last: number }): boolean {
  return a.first <= b.last && b.first <= a.last;
}

function maskWhole(text: string, state: RedactionState): RedactionResult {
  const finding: Finding = {
    entity: 'UNKNOWN',
    start: 0,
    end: text.length,
    rule: 'internal-error',
    confidence: 1,
  };
  const masked = maskCharacters(text);
  return {
    text: masked,
    findings: [finding],
    masks: [{ ...finding, end: masked.length }],
    replacements: [{ start: 0, end: text.length, text: masked }],
    state,
  };
}
