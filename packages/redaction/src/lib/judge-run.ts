import { holdsCardNumber, isPossibleSsn } from './checksums.ts';
import { readingsOf, type DigitRun } from './digit-runs.ts';
import { answeredEntity } from './expectations.ts';
import type { GoverningCue } from './nearby-cue.ts';
import type { EntityName } from './entities.ts';
import type { RedactionPolicy } from './policy.ts';
import type { Turn } from './read-turn.ts';
import type { RedactionState } from './state.ts';
import { COMPLETE_DIGITS, type Verdict } from './verdict.ts';

/** What the turn itself says of a run. */
export interface RunEvidence {
  readonly run: DigitRun;
  readonly cue: GoverningCue | undefined;
  readonly isOther: boolean;
  readonly isLastFour: boolean;
  readonly isAnnounced: boolean;
  readonly namedAfter: EntityName | undefined;
}

const FIRST_WORDS_MAX = 10;
const NEXT_WORDS_MAX = 4;
const WEAK_DIGITS_MIN = 8;
const REPEAT_DIGITS_MIN = 3;
const STRICT_DIGITS_MIN = 3;
const PIECES_DIGITS_MIN = 8;
const PIECES_MS_MAX = 12_000;

export function judgeRun(
  evidence: RunEvidence,
  turn: Turn,
  state: RedactionState,
  policy: RedactionPolicy,
): Verdict | undefined {
  const verdict =
    judgeByChecksum(evidence, state) ??
    judgeLastFour(evidence, turn, state, policy) ??
    judgeByCue(evidence) ??
    judgeByConversation(evidence, turn, state) ??
    judgeByShape(evidence, state) ??
    judgeStrictly(evidence.run, policy);
  if (verdict === undefined || verdict === 'leave') return undefined;
  return policy.entities.includes(verdict.entity) ? verdict : judgeStrictly(evidence.run, policy);
}

function judgeByChecksum({ run, isOther }: RunEvidence, state: RedactionState): Verdict | undefined {
  const issuers = isOther || expectsOther(state) ? 'known' : 'any';
  if (!holdsCardNumber(readingsOf(run), issuers)) return undefined;
  return { entity: 'CREDIT_CARD_NUMBER', rule: 'luhn', confidence: 0.97 };
}

/** The last four digits identify a person when they are the social's; those of a card may be shown (PCI DSS 3.4). */
function judgeLastFour(
  { run, isLastFour, cue }: RunEvidence,
  turn: Turn,
  state: RedactionState,
  policy: RedactionPolicy,
): Verdict | 'leave' | undefined {
  if (!isLastFour || run.digits.length > 4) return undefined;
  const socialInTurn = turn.cues.some(({ label }) => label === 'SSN');
  const social = socialInTurn || state.expectations.some(({ entity }) => entity === 'SSN');
  if (social) return { entity: 'SSN', rule: 'cue', confidence: 0.9 };
  if (policy.mode === 'strict') return undefined;
  return cue === undefined || cue.entity === 'CREDIT_CARD_NUMBER' ? 'leave' : undefined;
}

function judgeByCue({ run, cue, namedAfter, isAnnounced }: RunEvidence): Verdict | undefined {
  const digitCount = run.digits.length;
  if (cue !== undefined && answersCue(cue, digitCount, isAnnounced)) {
    return { entity: cue.entity, rule: 'cue', confidence: cue.weak ? 0.7 : 0.9 };
  }
  if (namedAfter === undefined || digitCount < REPEAT_DIGITS_MIN) return undefined;
  return { entity: namedAfter, rule: 'cue', confidence: 0.85 };
}

function answersCue(cue: GoverningCue, digitCount: number, isAnnounced: boolean): boolean {
  if (cue.weak && cue.digitCount === 0)
    return digitCount >= WEAK_DIGITS_MIN && cue.wordsSince <= FIRST_WORDS_MAX;
  if (cue.digitCount >= COMPLETE_DIGITS[cue.entity]) {
    return digitCount >= REPEAT_DIGITS_MIN && cue.wordsSince <= NEXT_WORDS_MAX;
  }
  if (cue.digitCount > 0) return cue.wordsSince <= NEXT_WORDS_MAX;
  return cue.wordsSince <= FIRST_WORDS_MAX && (digitCount > 1 || isAnnounced);
}

function judgeByConversation(evidence: RunEvidence, turn: Turn, state: RedactionState): Verdict | undefined {
  const { run, isOther } = evidence;
  const repeated = state.recent.find(({ digits }) => repeats(run.digits, digits));
  if (repeated !== undefined) return { entity: repeated.entity, rule: 'repeat', confidence: 0.8 };
  const expected = isOther ? undefined : answeredEntity(run, turn, state);
  if (expected !== undefined) return { entity: expected, rule: 'expected', confidence: 0.8 };
  return continuesPieces(evidence, turn, state)
    ? { entity: 'CREDIT_CARD_NUMBER', rule: 'pieces', confidence: 0.6 }
    : undefined;
}

function repeats(digits: string, known: string): boolean {
  if (digits.length < REPEAT_DIGITS_MIN || known.length < REPEAT_DIGITS_MIN) return false;
  return (
    digits === known ||
    digits.includes(known) ||
    (digits.length > REPEAT_DIGITS_MIN && known.includes(digits))
  );
}

/** A card read out with a pause after each group, without a word: the first group alone tells nothing. */
function continuesPieces({ run, isOther }: RunEvidence, turn: Turn, state: RedactionState): boolean {
  const before = state.pieces[turn.role];
  if (!turn.digitsOnly || before.digits === '' || turn.atMs - before.atMs > PIECES_MS_MAX) return false;
  const joined = before.digits + run.digits;
  if (holdsCardNumber([joined], 'known')) return true;
  return !isOther && !expectsOther(state) && before.digits.length >= 4 && joined.length >= PIECES_DIGITS_MIN;
}

function judgeByShape({ run, isOther }: RunEvidence, state: RedactionState): Verdict | undefined {
  const lengths = run.elements.map((element) => element.readings[0].length).join('-');
  if (lengths === '3-2-4' && isPossibleSsn(run.digits) && run.elements.every(({ spoken }) => !spoken)) {
    return { entity: 'SSN', rule: 'pattern', confidence: 0.7 };
  }
  if (isOther || expectsOther(state)) return undefined;
  if (isPossibleSsn(run.digits)) return { entity: 'SSN', rule: 'length', confidence: 0.5 };
  // A misheard digit breaks the checksum, not the length.
  const cardLike = readingsOf(run).some(
    (digits) => digits.length >= 14 && digits.length <= 16 && /^[2-6]/.test(digits),
  );
  return cardLike ? { entity: 'CREDIT_CARD_NUMBER', rule: 'length', confidence: 0.5 } : undefined;
}

function judgeStrictly({ digits }: DigitRun, { mode, entities }: RedactionPolicy): Verdict | undefined {
  const [first] = entities;
  if (mode !== 'strict' || digits.length < STRICT_DIGITS_MIN || first === undefined) return undefined;
  const byLength: EntityName = digits.length < 4 ? 'CVV' : digits.length < 9 ? 'PIN' : 'CREDIT_CARD_NUMBER';
  const likely: EntityName = digits.length === 9 ? 'SSN' : byLength;
  return { entity: entities.includes(likely) ? likely : first, rule: 'strict', confidence: 0.4 };
}

function expectsOther(state: RedactionState): boolean {
  return state.expectations.some(({ entity }) => entity === 'other');
}
