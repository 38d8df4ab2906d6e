import { isPossiblePhone, isPossibleSsn } from './checksums.ts';
import { readingsOf, type DigitRun } from './digit-runs.ts';
import type { EntityName } from './entities.ts';
import type { Turn } from './read-turn.ts';
import { expectsOther, type RedactionState } from './state.ts';
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
  if (phoneLike && entities.has('PHONE_NUMBER') && !isOther && !expectsOther(state)) {
    return { entity: 'PHONE_NUMBER', rule: 'pattern', confidence: 0.7 };
  }
  if (isOther || expectsOther(state)) return undefined;
  if (isPossibleSsn(run.digits)) return { entity: 'SSN', rule: 'length', confidence: 0.5 };
  // A misheard digit breaks the checksum, not the length.
  const cardLike = readingsOf(run).some(
    (digits) => digits.length >= 14 && digits.length <= 16 && /^[2-6]/.test(digits),
  );
  return cardLike || isCutCard(run, turn, state)
    ? { entity: 'CREDIT_CARD_NUMBER', rule: 'length', confidence: 0.5 }
    : undefined;
}

/** Two or three groups of four that end the turn: a card whose rest is to come; any long number where one was given. */
function isCutCard({ digits, last }: DigitRun, turn: Turn, state: RedactionState): boolean {
  if (!/^[3-6]/.test(digits) || digits.length < CUT_DIGITS_MIN) return false;
  if (state.recent.some(({ entity }) => entity === 'CREDIT_CARD_NUMBER')) return true;
  const ends = turn.tokens.slice(last + 1).every(({ kind }) => kind === 'mark');
  return ends && digits.length !== PHONE_DIGITS;
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
