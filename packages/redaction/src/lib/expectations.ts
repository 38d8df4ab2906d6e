import type { DigitRun } from './digit-runs.ts';
import { ENTITY_NAMES, type EntityName } from './entities.ts';
import type { Turn } from './read-turn.ts';
import type { Expectation, RedactionState } from './state.ts';
import { COMPLETE_DIGITS, type JudgedRun } from './verdict.ts';

const EXPECTED_MS = 45_000;
const OTHER_MS = 20_000;
const STRONG_TURNS = 4;
const WEAK_TURNS = 2;
/** After the value is complete: for a repetition and its read-back. */
const ANSWERED_TURNS = 2;
const READ_BACK_DIGITS_MIN = 3;
const WEAK_DIGITS_MIN = 8;
const WEAK_PIECE_DIGITS_MIN = 4;

/** The entity a run is the answer for, if the conversation waits for one. */
export function answeredEntity(run: DigitRun, turn: Turn, state: RedactionState): EntityName | undefined {
  const answered = state.expectations
    .filter((expectation) => answers(run, turn, expectation))
    .map(({ entity }) => entity)
    .filter((entity) => entity !== 'other');
  const [first] = answered;
  return first === undefined
    ? undefined
    : (answered.find((entity) => fitsLength(entity, run.digits.length)) ?? first);
}

function answers(run: DigitRun, turn: Turn, expectation: Expectation): boolean {
  const { asker, weak, digitCount } = expectation;
  const digits = run.digits.length;
  // Before the value came, an agent who asks for it says numbers of other kinds; afterwards it is read back.
  if (asker === 'agent' && turn.role === 'agent') return digitCount > 0 && digits >= READ_BACK_DIGITS_MIN;
  if (weak) return digits >= WEAK_DIGITS_MIN || (turn.digitsOnly && digits >= WEAK_PIECE_DIGITS_MIN);
  return digits > 1 || turn.digitsOnly;
}

function fitsLength(entity: EntityName, digits: number): boolean {
  if (entity === 'CREDIT_CARD_NUMBER') return digits >= 12;
  if (entity === 'SSN') return digits === 9;
  return entity === 'CVV' ? digits === 3 : entity === 'PIN' && digits >= 4 && digits <= 8;
}

/** What is expected after a turn was judged. */
export function expectAfter(
  turn: Turn,
  judged: readonly JudgedRun[],
  state: RedactionState,
): readonly Expectation[] {
  const asked = askedFor(turn, judged);
  if (asked.length > 0) return turn.role === 'agent' ? asked : merge(asked, carryOver(turn, judged, state));
  const asksOther = turn.cues.some(({ label }) => label === 'other') && judged.length === 0;
  if (asksOther && ((turn.role === 'agent' && turn.asking) || turn.openEnded))
    return [otherExpectation(turn)];
  return carryOver(turn, judged, state);
}

/** The cues of the turn whose value it did not bring in full. */
function askedFor(turn: Turn, judged: readonly JudgedRun[]): Expectation[] {
  const lastFour = turn.cues.some(({ label }) => label === 'last-four');
  return ENTITY_NAMES.flatMap((entity) => {
    const cues = turn.cues.filter(({ label }) => label === entity);
    const digitCount = digitsOf(entity, judged);
    if (cues.length === 0 || digitCount >= COMPLETE_DIGITS[entity]) return [];
    if (lastFour && (entity === 'CREDIT_CARD_NUMBER' || digitCount >= 4)) return [];
    const weak = cues.every((cue) => cue.weak) && digitCount === 0;
    const asker = turn.openEnded || digitCount > 0 || turn.role === 'customer' ? 'anyone' : turn.role;
    const turnsLeft = weak ? WEAK_TURNS : STRONG_TURNS;
    return [{ entity, asker, weak, digitCount, untilMs: turn.atMs + EXPECTED_MS, turnsLeft }];
  });
}

function carryOver(turn: Turn, judged: readonly JudgedRun[], state: RedactionState): readonly Expectation[] {
  const carried = state.expectations.map((expectation): Expectation => {
    const heard = expectation.entity === 'other' ? 0 : digitsOf(expectation.entity, judged);
    if (expectation.entity === 'other' || heard === 0) {
      return turn.backChannel ? expectation : { ...expectation, turnsLeft: expectation.turnsLeft - 1 };
    }
    const digitCount = expectation.digitCount + heard;
    const turnsLeft = digitCount >= COMPLETE_DIGITS[expectation.entity] ? ANSWERED_TURNS : STRONG_TURNS;
    return { ...expectation, digitCount, turnsLeft, weak: false, untilMs: turn.atMs + EXPECTED_MS };
  });
  return merge(carried, startedInPieces(turn, judged));
}

/** A card found by its pieces has more of them to come. */
function startedInPieces(turn: Turn, judged: readonly JudgedRun[]): Expectation[] {
  const found = judged.filter(({ verdict }) => verdict.rule === 'pieces');
  const [first] = found;
  if (first === undefined) return [];
  const digitCount = digitsOf(first.verdict.entity, found);
  const untilMs = turn.atMs + EXPECTED_MS;
  return [
    {
      entity: first.verdict.entity,
      asker: 'anyone',
      weak: false,
      digitCount,
      untilMs,
      turnsLeft: STRONG_TURNS,
    },
  ];
}

function otherExpectation(turn: Turn): Expectation {
  const asker = turn.openEnded ? 'anyone' : turn.role;
  return {
    entity: 'other',
    asker,
    weak: false,
    digitCount: 0,
    untilMs: turn.atMs + OTHER_MS,
    turnsLeft: WEAK_TURNS,
  };
}

function digitsOf(entity: EntityName, judged: readonly JudgedRun[]): number {
  return judged.reduce(
    (sum, { run, verdict }) => sum + (verdict.entity === entity ? run.digits.length : 0),
    0,
  );
}

function merge(first: readonly Expectation[], second: readonly Expectation[]): readonly Expectation[] {
  return [...first, ...second.filter(({ entity }) => first.every((known) => known.entity !== entity))];
}
