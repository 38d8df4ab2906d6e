import { holdsCardNumber } from './checksums.ts';
import { readingsOf, type DigitRun } from './digit-runs.ts';
import { answeredEntity } from './expectations.ts';
import type { GoverningCue } from './nearby-cue.ts';
import { DEFAULT_ENTITIES, type EntityName } from './entities.ts';
import { isFreshAnswer, judgeByConversation, judgeRepeated } from './judge-conversation.ts';
import { judgeByShape, judgeStrictly } from './judge-shape.ts';
import { isDigitCount } from './plain-answers.ts';
import type { PreparedPolicy } from './prepared-policy.ts';
import { CLOCK_PREPOSITIONS, CURRENCIES, YEAR_PREPOSITIONS } from './quantity-words.ts';
import type { Turn } from './read-turn.ts';
import type { RunEvidence } from './run-evidence.ts';
import { expectsOther, type RedactionState } from './state.ts';
import { COMPLETE_DIGITS, WORD_ENTITIES, type Verdict } from './verdict.ts';

const PIN_DIGITS_MAX = 8;
const FIRST_WORDS_MAX = 10;
const NEXT_WORDS_MAX = 6;
const BRAND_DIGITS_MIN = 4;
const BRAND_WORDS_MAX = 4;
const WEAK_DIGITS_MIN = 8;
const REPEAT_DIGITS_MIN = 3;
const LAST_FOUR_DIGITS_MAX = 6;
const FIGURE_DIGITS_MIN = 3;

export function judgeRun(
  evidence: RunEvidence,
  turn: Turn,
  state: RedactionState,
  policy: PreparedPolicy,
): Verdict | undefined {
  const entities = policy.entitiesOf[turn.role];
  if (evidence.run.quantity !== undefined) return enabled(judgeQuantity(evidence, turn, state), entities);
  if (isDigitCount(evidence.run, turn)) return undefined;
  // What looks like a value nobody has masked may still be one that is.
  const certain = enabled(judgeByChecksum(evidence, turn, state), entities);
  if (certain !== undefined) return certain;
  const partial = judgeRepeated(evidence.run, state) ?? judgeLastFour(evidence, turn, state);
  if (partial === 'leave') return undefined;
  return (
    enabled(partial, entities) ??
    enabled(judgeByCue(evidence, turn), entities) ??
    enabled(judgeByConversation(evidence, turn, state), entities) ??
    enabled(judgeByShape(evidence, turn, state, policy.cueEntities), entities) ??
    judgeStrictly(evidence.run, policy.mode, entities)
  );
}

function enabled(verdict: Verdict | undefined, entities: ReadonlySet<EntityName>): Verdict | undefined {
  return verdict !== undefined && entities.has(verdict.entity) ? verdict : undefined;
}

/** A recogniser writes digits it heard as a time, a date or an amount; only a cue or a question makes them a code again. */
function judgeQuantity(
  { run, cue, isDirect }: RunEvidence,
  turn: Turn,
  state: RedactionState,
): Verdict | undefined {
  if (run.quantity === 'count' || run.digits.length < FIGURE_DIGITS_MIN) return undefined;
  if (cue !== undefined && !cue.weak && isDirect) return { entity: cue.entity, rule: 'cue', confidence: 0.7 };
  if (!turn.digitsOnly || state.expectations.some(({ weak }) => weak)) return undefined;
  if (run.quantity === 'money' && !isMisheardMoney(run, turn, state)) return undefined;
  // "11/23 by 6:45", "what about 3/28?"
  if (turn.runs.length > 1 && turn.runs.every(({ quantity }) => quantity !== undefined)) return undefined;
  if (turn.tokens[1]?.text === 'about' && turn.tokens.at(-1)?.text === '?') return undefined;
  const before = turn.tokens[run.first - 1]?.text ?? '';
  if (!isFreshAnswer(turn, state)) return undefined;
  if (CLOCK_PREPOSITIONS.has(before) || YEAR_PREPOSITIONS.has(before)) return undefined;
  const entity = answeredEntity(run, turn, state);
  return entity === undefined || !DEFAULT_ENTITIES.includes(entity)
    ? undefined
    : { entity, rule: 'expected', confidence: 0.6 };
}

function judgeByChecksum(
  { run, isOther }: RunEvidence,
  turn: Turn,
  state: RedactionState,
): Verdict | undefined {
  // So many numbers pass the checksum by chance that a named one has to pass as it was most likely said.
  const named = isOther || expectsOther(state, turn.role, run.digits.length);
  const readings = named ? [run.digits] : readingsOf(run);
  if (!holdsCardNumber(readings, named ? 'known' : 'any')) return undefined;
  return { entity: 'CREDIT_CARD_NUMBER', rule: 'luhn', confidence: 0.97 };
}

/** The first or last digits of a number that is not said in full: of whom they are, the words around tell. */
function judgeLastFour(
  { run, isLastFour, isOther, cue }: RunEvidence,
  turn: Turn,
  state: RedactionState,
): Verdict | 'leave' | undefined {
  const digits = run.digits.length;
  if (!isLastFour || digits < REPEAT_DIGITS_MIN || digits > LAST_FOUR_DIGITS_MAX) return undefined;
  const socialInTurn = turn.cues.some(({ label }) => label === 'SSN');
  const social = socialInTurn || state.expectations.some(({ entity }) => entity === 'SSN');
  if (social) return { entity: 'SSN', rule: 'cue', confidence: 0.9 };
  if (cue !== undefined) return { entity: cue.entity, rule: 'cue', confidence: 0.8 };
  const expected = answeredEntity(run, turn, state);
  if (expected !== undefined && !isOther) return { entity: expected, rule: 'expected', confidence: 0.8 };
  if (isOther || expectsOther(state, turn.role, run.digits.length) || /^(?:19|20)\d\d$/.test(run.digits))
    return 'leave';
  return { entity: 'CREDIT_CARD_NUMBER', rule: 'cue', confidence: 0.4 };
}

function judgeByCue(evidence: RunEvidence, turn: Turn): Verdict | undefined {
  const { run, cue, namedAfter } = evidence;
  const digitCount = run.digits.length;
  if (cue !== undefined && !WORD_ENTITIES.has(cue.entity) && answersCue(cue, evidence, turn)) {
    return { entity: cue.entity, rule: 'cue', confidence: cue.weak ? 0.7 : 0.9 };
  }
  if (namedAfter === undefined || digitCount < REPEAT_DIGITS_MIN) return undefined;
  return { entity: namedAfter, rule: 'cue', confidence: 0.85 };
}

/** The rest may follow in the next. */
function endsTurn({ tokens, role }: Turn, { last }: DigitRun): boolean {
  return role === 'customer' && tokens.slice(last + 1).every(({ kind }) => kind === 'mark');
}

function answersCue(cue: GoverningCue, evidence: RunEvidence, turn: Turn): boolean {
  const { run, isAnnounced, isNamedOther } = evidence;
  const digitCount = run.digits.length;
  if (isNamedOther) return false;
  // "Event 6529, then code 64".
  const isCode = cue.entity === 'PIN' && digitCount <= 2;
  if (isCode && turn.cues.some(({ label, weak }) => label === 'other' && !weak)) return false;
  if (cue.weak && cue.entity === 'CVV') return digitCount === COMPLETE_DIGITS.CVV && cue.wordsSince === 0;
  if (cue.weak && cue.entity === 'PIN')
    return digitCount >= COMPLETE_DIGITS.PIN && digitCount <= PIN_DIGITS_MAX && cue.wordsSince <= 2;
  if (cue.weak && cue.digitCount === 0)
    return (
      (cue.wordsSince === 0 && digitCount > 1 && endsTurn(turn, run) && /^[3-6]/.test(run.digits)) ||
      (digitCount >= WEAK_DIGITS_MIN && cue.wordsSince <= FIRST_WORDS_MAX) ||
      (digitCount >= BRAND_DIGITS_MIN && cue.wordsSince <= BRAND_WORDS_MAX && /^[3-6]/.test(run.digits))
    );
  if (cue.digitCount >= COMPLETE_DIGITS[cue.entity]) {
    return digitCount >= REPEAT_DIGITS_MIN && cue.wordsSince <= NEXT_WORDS_MAX;
  }
  if (cue.digitCount > 0) return cue.wordsSince <= NEXT_WORDS_MAX;
  if (digitCount === 1 && evidence.isDirect && turn.runs.length > 1) return true;
  return cue.wordsSince <= FIRST_WORDS_MAX && (digitCount > 1 || isAnnounced);
}

/** "$45.12" right after a question for a PIN: a recogniser that formats numbers made an amount of it. */
function isMisheardMoney(
  { elements, digits }: DigitRun,
  { tokens }: Turn,
  { expectations }: RedactionState,
): boolean {
  const [first] = elements;
  const signed = CURRENCIES.has(tokens[(first?.first ?? 0) - 1]?.text ?? '');
  if (!signed || digits.length > COMPLETE_DIGITS.PIN || elements.some(({ spoken }) => spoken)) return false;
  return expectations.some(
    ({ entity, digitCount }) => (entity === 'PIN' || entity === 'CVV') && digitCount === 0,
  );
}
