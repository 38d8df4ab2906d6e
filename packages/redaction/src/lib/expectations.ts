import { askedFor, digitsOf, type Heard } from './asked-for.ts';
import type { DigitRun } from './digit-runs.ts';
import { DEFAULT_ENTITIES, type EntityName } from './entities.ts';
import { asksPlainly } from './plain-answers.ts';
import type { Turn } from './read-turn.ts';
import {
  anotherPassword,
  unknownExpectation,
  begun,
  otherExpectation,
  EXPECTED_MS,
  STRONG_TURNS,
  ANSWERED_TURNS,
} from './new-expectations.ts';
import { isNextPersonal, isNoRequest, isPasswordRefused } from './no-requests.ts';
import { asksAnew, asksUnknown } from './unknown-question.ts';
import type { Expectation, RedactionState } from './state.ts';
import { COMPLETE_DIGITS, fitsLength, WORD_ENTITIES } from './verdict.ts';

const READ_BACK_DIGITS_MIN = 3;
const WEAK_DIGITS_MIN = 8;
const WEAK_PIECE_DIGITS_MIN = 3;
const ASIDE_WORDS_MAX = 6;
const CORRECTION_WORDS_MAX = 8;
const ALIKE_SHARE_MIN = 0.5;

/** The entity a run is the answer for, if the conversation waits for one. */
export function answeredEntity(run: DigitRun, turn: Turn, state: RedactionState): EntityName | undefined {
  const answered = state.expectations
    .filter((expectation) => answers(run, turn, expectation, state))
    .map(({ entity }) => entity)
    .filter((entity) => entity !== 'other');
  const digits = run.digits.length;
  return answered.find((entity) => fitsLength(entity, digits)) ?? answered[0];
}

function answers(run: DigitRun, turn: Turn, expectation: Expectation, state: RedactionState): boolean {
  const { entity, asker, weak, digitCount } = expectation;
  const digits = run.digits.length;
  if (entity === 'other' || WORD_ENTITIES.has(entity)) return false;
  // Before the value came, an agent who asks for it says numbers of other kinds; afterwards it is read back.
  if (asker === 'agent' && turn.role === 'agent')
    return digitCount > 0 && digits >= READ_BACK_DIGITS_MIN && (turn.digitsOnly || resembles(run, state));
  if (digitCount >= COMPLETE_DIGITS[entity]) {
    if (digits < READ_BACK_DIGITS_MIN) return false;
    if (turn.correcting && turn.plainWords <= CORRECTION_WORDS_MAX) return true;
    const isAnother = entity === 'PIN' && turn.role === 'customer' && looksLikeCode(run, turn);
    return turn.digitsOnly || isAnother || resembles(run, state);
  }
  if (weak) return answersWeakly(run, turn, entity);
  if (!SECRETS.has(entity)) return turn.digitsOnly || fitsLength(entity, digits);
  return turn.digitsOnly || digits > 2 || (digits === 2 && turn.plainWords <= ASIDE_WORDS_MAX);
}

/** Of a card that was only mentioned, and of a code that nobody named, only what looks like one is an answer. */
function answersWeakly(run: DigitRun, turn: Turn, entity: EntityName): boolean {
  const { digits } = run;
  if (entity === 'PIN')
    return (
      looksLikeCode(run, turn) ||
      (turn.digitsOnly &&
        !isList(run, turn) &&
        (digits.length === 3 || digits.length === 5 || digits.length === 8) &&
        !/^(?:19|20)\d\d$/.test(digits))
    );
  if (digits.length >= WEAK_DIGITS_MIN) return true;
  if (!turn.digitsOnly) return false;
  return (
    digits.length >= WEAK_PIECE_DIGITS_MIN || (entity === 'CREDIT_CARD_NUMBER' && /^[3-6]\d/.test(digits))
  );
}

/** "7, 9 and 12". */
function isList({ first, last }: DigitRun, { tokens }: Turn): boolean {
  return tokens.slice(first, last).some(({ text }) => text === 'and');
}

/** Four or six digits that are no year, in a turn of few other words. */
function looksLikeCode(run: DigitRun, turn: Turn): boolean {
  if (turn.plainWords > CODE_WORDS_MAX || isList(run, turn)) return false;
  return /^(?!(?:19|20)\d\d$)(?:\d{4}|\d{6})$/.test(run.digits);
}

const CODE_WORDS_MAX = 3;

/** A value said before with some digits misheard. */
function resembles({ digits }: DigitRun, { recent }: RedactionState): boolean {
  return recent.some((value) => {
    if (value.digits.length !== digits.length) return false;
    let alike = 0;
    for (let at = 0; at < digits.length; at += 1) if (digits[at] === value.digits[at]) alike += 1;
    return alike >= digits.length * ALIKE_SHARE_MIN;
  });
}

const SECRETS: ReadonlySet<string> = new Set(DEFAULT_ENTITIES);

/** What is expected after a turn was judged. */
export function expectAfter(
  turn: Turn,
  heard: readonly Heard[],
  state: RedactionState,
): readonly Expectation[] {
  if (heard.length === 0 && asksPlainly(turn))
    return merge(
      [otherExpectation(turn)],
      carryOver(turn, heard, { ...state, expectations: awaited(state) }),
    );
  const asked = isNoRequest(turn) ? [] : askedFor(turn, heard);
  if (asked.length > 0) return turn.role === 'agent' ? asked : merge(asked, carryOver(turn, heard, state));
  if (heard.length === 0 && isPasswordRefused(turn, state))
    return merge([anotherPassword(turn)], state.expectations);
  const asksOther = turn.cues.some(({ label }) => label === 'other') && heard.length === 0;
  const isQuestion = asksOther && turn.role === 'customer' && asksAnew(turn);
  if (asksOther && !isQuestion && ((turn.role === 'agent' && turn.asking) || turn.openEnded))
    return merge([otherExpectation(turn)], begun(state));
  const open = begunOrAwaited(state).filter(({ entity }) => entity !== 'other');
  if (
    open.length === 0 &&
    heard.length === 0 &&
    asksUnknown(turn) &&
    (state.expectations.length === 0 || asksAnew(turn))
  )
    return isNextPersonal(turn, state)
      ? [unknownExpectation(turn), anotherPassword(turn)]
      : [unknownExpectation(turn)];
  // "Can you repeat the ticket number?": what was said in full is over.
  const left = asksOther && turn.asking ? { ...state, expectations: begunOrAwaited(state) } : state;
  const carried = carryOver(turn, heard, left);
  // "What was the reference?": the agent says it next.
  return isQuestion
    ? merge([{ ...otherExpectation(turn), asker: turn.role, turnsLeft: 1 }], carried)
    : carried;
}

function begunOrAwaited({ expectations }: RedactionState): readonly Expectation[] {
  return expectations.filter(
    ({ entity, digitCount }) => entity === 'other' || digitCount < COMPLETE_DIGITS[entity],
  );
}

/** Secrets that were asked for and have not come in full. */
function awaited(state: RedactionState): readonly Expectation[] {
  return begunOrAwaited(state).filter(({ entity, weak }) => entity !== 'other' && !weak);
}

function carryOver(turn: Turn, heard: readonly Heard[], state: RedactionState): readonly Expectation[] {
  const carried = state.expectations.map((expectation): Expectation => {
    const found = expectation.entity === 'other' ? 0 : digitsOf(expectation.entity, heard);
    if (expectation.entity === 'other' || found === 0) {
      const idle = turn.backChannel || turn.stalling;
      return idle ? expectation : { ...expectation, turnsLeft: expectation.turnsLeft - 1 };
    }
    const digitCount = expectation.digitCount + found;
    const turnsLeft = digitCount >= COMPLETE_DIGITS[expectation.entity] ? ANSWERED_TURNS : STRONG_TURNS;
    return { ...expectation, digitCount, turnsLeft, weak: false, untilMs: turn.atMs + EXPECTED_MS };
  });
  return merge(carried, startedInPieces(turn, heard));
}

/** A card found by its pieces, or the beginning of one, has more of them to come. */
function startedInPieces(turn: Turn, heard: readonly Heard[]): Expectation[] {
  const [first] = heard.filter(({ inPieces }) => inPieces);
  if (first === undefined) return [];
  return [
    {
      entity: 'CREDIT_CARD_NUMBER',
      asker: 'anyone',
      weak: false,
      digitCount: digitsOf('CREDIT_CARD_NUMBER', heard),
      untilMs: turn.atMs + EXPECTED_MS,
      turnsLeft: STRONG_TURNS,
    },
  ];
}

function merge(first: readonly Expectation[], second: readonly Expectation[]): readonly Expectation[] {
  return [...first, ...second.filter(({ entity }) => first.every((known) => known.entity !== entity))];
}
