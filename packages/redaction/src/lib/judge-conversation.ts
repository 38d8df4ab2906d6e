import { holdsCardNumber } from './checksums.ts';
import type { DigitRun } from './digit-runs.ts';
import { answeredEntity } from './expectations.ts';
import { answersPlainly, isEcho, isEstimated, isMeasured } from './plain-answers.ts';
import type { Turn } from './read-turn.ts';
import type { RunEvidence } from './run-evidence.ts';
import { expectsOther, isKnownPlain, PIECES_MS_MAX, type RedactionState } from './state.ts';
import { COMPLETE_DIGITS, type Verdict } from './verdict.ts';

const REPEAT_DIGITS_MIN = 3;
const PIECES_DIGITS_MIN = 8;

/** What the turns before make of a run: a repetition, the answer to a question, a piece of a card. */
export function judgeByConversation(
  evidence: RunEvidence,
  turn: Turn,
  state: RedactionState,
): Verdict | undefined {
  const { run, isOther, isNamedOther } = evidence;
  const coded = isCoded(turn, run);
  const repeated = judgeRepeated(run, state);
  if (repeated !== undefined) return repeated;
  const named = (isOther || isNamedOther) && !isPlainAnswer(run, turn, state);
  const known =
    isEcho(run, turn, state) || (isKnownPlain(state, turn.role, run.digits) && !isFreshAnswer(turn, state));
  const plain =
    answersPlainly(run, state) || isMeasured(run, turn) || (isEstimated(run, turn) && !awaitsNamed(state));
  const amount = isScaled(turn, run) && !turn.digitsOnly;
  const expected = named || coded || known || amount || plain ? undefined : answeredEntity(run, turn, state);
  if (expected !== undefined) return { entity: expected, rule: 'expected', confidence: 0.8 };
  return !known && continuesPieces(evidence, turn, state)
    ? { entity: 'CREDIT_CARD_NUMBER', rule: 'pieces', confidence: 0.6 }
    : undefined;
}

/** A value that was masked before, said again. */
export function judgeRepeated({ digits }: DigitRun, { recent }: RedactionState): Verdict | undefined {
  const known = recent.find((value) => repeats(digits, value.digits));
  return known === undefined ? undefined : { entity: known.entity, rule: 'repeat', confidence: 0.8 };
}

/** A secret was asked for by its name and has not begun to come. */
function awaitsNamed({ expectations }: RedactionState): boolean {
  return expectations.some(
    ({ entity, weak, digitCount }) => entity !== 'other' && digitCount === 0 && !(weak && entity === 'PIN'),
  );
}

/** Nothing but digits right after a question for a secret. */
export function isFreshAnswer(turn: Turn, { expectations }: RedactionState): boolean {
  return (
    turn.digitsOnly &&
    expectations.some(
      ({ entity, weak, digitCount }) => entity !== 'other' && !weak && digitCount < COMPLETE_DIGITS[entity],
    )
  );
}

/** "It's my birth year, 1978", when a PIN was asked for: what it is taken from names no other number. */
function isPlainAnswer(run: DigitRun, turn: Turn, { expectations }: RedactionState): boolean {
  const isPersonal = turn.tokens.some(({ text }) => /^(?:year|birthday|anniversary|house)$/.test(text));
  const isDirect = isPersonal || /^(?:it's|its|it)$/.test(turn.tokens[0]?.text ?? '');
  if (turn.plainWords > PLAIN_WORDS_MAX || !isDirect) return false;
  return expectations.some(
    ({ entity, weak, digitCount, asker }) =>
      entity === 'PIN' &&
      !weak &&
      digitCount === 0 &&
      asker !== turn.role &&
      run.digits.length === COMPLETE_DIGITS.PIN,
  );
}

const PLAIN_WORDS_MAX = 4;

/** Digits after letters: a code that names something, "a v nine four four". */
function isCoded({ tokens }: Turn, run: DigitRun): boolean {
  const [before, letter] = [tokens[run.first - 2]?.text ?? '', tokens[run.first - 1]?.text ?? ''];
  if (/^[b-df-hj-np-tv-xz]{2,3}$/.test(letter)) return true;
  return /^[a-z]$/.test(letter) && (/^[a-z]$/.test(before) || !/^[aio]$/.test(letter));
}

function repeats(digits: string, known: string): boolean {
  if (digits.length < REPEAT_DIGITS_MIN || known.length < REPEAT_DIGITS_MIN) return false;
  return (
    digits === known ||
    digits.includes(known) ||
    isSameRead(digits, known) ||
    (digits.length > REPEAT_DIGITS_MIN && known.includes(digits))
  );
}

/** "Eighty three twenty" is 8320 or 80320: the zeros of spoken numbers tell nothing. */
function isSameRead(digits: string, known: string): boolean {
  const short = digits.replaceAll('0', '');
  const alike =
    short.length > 1 && Math.abs(digits.length - known.length) === 1 && digits.length > REPEAT_DIGITS_MIN;
  return alike && short === known.replaceAll('0', '');
}

/** "Eighty four thousand", "84,200": an amount, which nobody says of a card. */
function isScaled({ tokens }: Turn, { first, last, digits }: DigitRun): boolean {
  for (let at = first; at <= last; at += 1) if (tokens[at]?.text === 'thousand') return true;
  return (
    first + 2 === last &&
    tokens[first + 1]?.text === ',' &&
    /^\d{4,6}$/.test(digits) &&
    tokens[last]?.spaced === false
  );
}

/** A card read out with a pause after each group, without a word: the first group alone tells nothing. */
function continuesPieces({ run, isOther }: RunEvidence, turn: Turn, state: RedactionState): boolean {
  const before = state.pieces[turn.role];
  if (isScaled(turn, run)) return false;
  if (!turn.digitsOnly || before.digits === '' || turn.atMs - before.atMs > PIECES_MS_MAX) return false;
  const joined = before.digits + run.digits;
  if (holdsCardNumber([joined], 'known')) return true;
  return (
    !isOther &&
    !expectsOther(state, turn.role, run.digits.length) &&
    before.digits.length >= 4 &&
    joined.length >= PIECES_DIGITS_MIN
  );
}
