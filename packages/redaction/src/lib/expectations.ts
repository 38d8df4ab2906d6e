import type { DigitRun } from './digit-runs.ts';
import { DEFAULT_ENTITIES, ENTITY_NAMES, type EntityName } from './entities.ts';
import type { Turn } from './read-turn.ts';
import {
  answered,
  lastFourExpectation,
  anotherPassword,
  dictatedPassword,
  unknownExpectation,
  begun,
  otherExpectation,
  EXPECTED_MS,
  STRONG_TURNS,
  WEAK_TURNS,
  ANSWERED_TURNS,
} from './new-expectations.ts';
import { isDictation, isNoRequest, isPasswordRefused } from './no-requests.ts';
import { asksUnknown } from './unknown-question.ts';
import type { Expectation, RedactionState } from './state.ts';
import { COMPLETE_DIGITS, fitsLength, WORD_ENTITIES } from './verdict.ts';

/** A value found in a turn. */
export interface Heard {
  readonly entity: string;
  readonly digitCount: number;
  readonly inPieces: boolean;
}

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
    return looksLikeCode(run, turn) || (turn.digitsOnly && digits.length === COMPLETE_DIGITS.CVV);
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
  const asked = isNoRequest(turn) ? [] : askedFor(turn, heard);
  if (asked.length > 0) return turn.role === 'agent' ? asked : merge(asked, carryOver(turn, heard, state));
  if (heard.length === 0 && isPasswordRefused(turn, state))
    return merge([anotherPassword(turn)], state.expectations);
  const asksOther = turn.cues.some(({ label }) => label === 'other') && heard.length === 0;
  if (asksOther && ((turn.role === 'agent' && turn.asking) || turn.openEnded))
    return merge([otherExpectation(turn)], begun(state));
  if (state.expectations.length === 0 && heard.length === 0 && asksUnknown(turn))
    return [unknownExpectation(turn)];
  return carryOver(turn, heard, state);
}

/** The cues of the turn whose value it did not bring in full. */
function askedFor(turn: Turn, heard: readonly Heard[]): Expectation[] {
  const lastFour = turn.cues.some(({ label }) => label === 'last-four');
  if (
    lastFour &&
    turn.role === 'agent' &&
    turn.requesting &&
    turn.cues.every(({ label }) => label === 'last-four')
  )
    return heard.length > 0 ? [] : [lastFourExpectation(turn)];
  return ENTITY_NAMES.flatMap((entity) => {
    const cues = turn.cues.filter(({ label }) => label === entity);
    const digitCount = digitsOf(entity, heard);
    if (cues.length === 0) return [];
    // "The code was 138?" is answered with yes, or with what is right.
    if (digitCount >= COMPLETE_DIGITS[entity])
      return WORD_ENTITIES.has(entity) ? [] : [answered(entity, turn, digitCount)];
    if (entity === 'PASSWORD' && isDictation(turn)) return [dictatedPassword(turn)];
    if ((WORD_ENTITIES.has(entity) || entity === 'PASSWORD') && !turn.requesting && !turn.openEnded)
      return [];
    // "The Mastercard ending in 8775?" is answered with yes, or with another card in full.
    const partial = lastFour && digitCount >= 4;
    const weak = partial || (cues.every((cue) => cue.weak) && digitCount === 0 && !lastFour);
    // "Can I have your PIN" wants it of the other; "your PIN is" goes on in the next turn.
    const goesOn = turn.openEnded && !(turn.role === 'agent' && turn.asking && turn.endsOnCue);
    const asker = goesOn || digitCount > 0 || turn.role === 'customer' ? 'anyone' : turn.role;
    const turnsLeft = weak ? WEAK_TURNS : STRONG_TURNS;
    return [{ entity, asker, weak, digitCount, untilMs: turn.atMs + EXPECTED_MS, turnsLeft }];
  });
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

function digitsOf(entity: EntityName, heard: readonly Heard[]): number {
  return heard.reduce((sum, value) => sum + (value.entity === entity ? value.digitCount : 0), 0);
}

function merge(first: readonly Expectation[], second: readonly Expectation[]): readonly Expectation[] {
  return [...first, ...second.filter(({ entity }) => first.every((known) => known.entity !== entity))];
}
