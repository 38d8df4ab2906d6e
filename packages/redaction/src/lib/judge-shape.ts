import { isPossiblePhone, isPossibleSsn } from './checksums.ts';
import { readingsOf, type DigitRun } from './digit-runs.ts';
import type { EntityName } from './entities.ts';
import type { Turn } from './read-turn.ts';
import { expectsOther, isKnownPlain, type RedactionState } from './state.ts';
import type { Verdict } from './verdict.ts';

const STRICT_DIGITS_MIN = 3;

/** What the digits alone look like, where no word names them as something else. */
export function judgeByShape(
  { run, isOther }: { readonly run: DigitRun; readonly isOther: boolean },
  turn: Turn,
  state: RedactionState,
  entities: ReadonlySet<EntityName>,
): Verdict | undefined {
  const lengths = run.elements.map((element) => element.readings[0].length).join('-');
  const written = run.elements.every(({ spoken }) => !spoken);
  if (lengths === '3-2-4' && written && isPossibleSsn(run.digits)) {
    return { entity: 'SSN', rule: 'pattern', confidence: 0.7 };
  }
  const phoneLike = isPossiblePhone(run.digits);
  if (
    phoneLike &&
    entities.has('PHONE_NUMBER') &&
    !isOther &&
    !expectsOther(state, turn.role, run.digits.length)
  ) {
    return { entity: 'PHONE_NUMBER', rule: 'pattern', confidence: 0.7 };
  }
  if (
    isOther ||
    expectsOther(state, turn.role, run.digits.length) ||
    isKnownPlain(state, turn.role, run.digits)
  )
    return undefined;
  if (isPossibleSsn(run.digits)) return { entity: 'SSN', rule: 'length', confidence: 0.5 };
  // A misheard digit breaks the checksum, not the length.
  const cardLike = readingsOf(run).some(
    (digits) =>
      digits.length >= LONG_DIGITS_MIN &&
      digits.length <= LONG_DIGITS_MAX &&
      /^(?:[3-6]|2[2-7])/.test(digits),
  );
  return cardLike || isCutCard(run, turn, state)
    ? { entity: 'CREDIT_CARD_NUMBER', rule: 'length', confidence: 0.5 }
    : undefined;
}

const LONG_DIGITS_MIN = 12;
const LONG_DIGITS_MAX = 19;

/** Two or three groups of four that end the turn: a card whose rest is to come; any long number where one was given. */
function isCutCard({ digits, last, elements }: DigitRun, turn: Turn, state: RedactionState): boolean {
  if (!/^[3-6]/.test(digits) || digits.length < CUT_DIGITS_MIN) return false;
  if (state.recent.some(({ entity }) => entity === 'CREDIT_CARD_NUMBER')) return true;
  const ends = turn.tokens.slice(last + 1).every(({ kind }) => kind === 'mark');
  if (digits.length === PHONE_DIGITS && isPhoneGrouped(elements)) return false;
  return ends || turn.cues.some(({ label }) => label === 'CREDIT_CARD_NUMBER') || isConfirming(turn);
}

/** "I have 4929 1123, is that correct". */
function isConfirming({ tokens }: Turn): boolean {
  return tokens.some(
    ({ text }) => text === 'correct' || text === 'right' || text === 'through' || text === 'declined',
  );
}

/** Said one by one, or with pauses where a telephone number has them. */
function isPhoneGrouped(elements: DigitRun['elements']): boolean {
  const ends = new Set<number>();
  let digitCount = 0;
  for (const { readings } of elements) {
    digitCount += readings[0].length;
    ends.add(digitCount);
  }
  return elements.length === 1 || (ends.has(3) && ends.has(6));
}

const CUT_DIGITS_MIN = 8;
const PHONE_DIGITS = 10;

export function judgeStrictly(
  { digits }: DigitRun,
  mode: 'strict' | 'balanced',
  entities: ReadonlySet<EntityName>,
): Verdict | undefined {
  const [first] = entities;
  if (mode !== 'strict' || digits.length < STRICT_DIGITS_MIN || first === undefined) return undefined;
  const byLength: EntityName = digits.length < 4 ? 'CVV' : digits.length < 9 ? 'PIN' : 'CREDIT_CARD_NUMBER';
  const likely: EntityName = digits.length === 9 ? 'SSN' : byLength;
  return { entity: entities.has(likely) ? likely : first, rule: 'strict', confidence: 0.4 };
}
