import type { EntityName } from './entities.ts';
import type { Turn } from './read-turn.ts';
import type { Expectation, RedactionState } from './state.ts';
import { COMPLETE_DIGITS } from './verdict.ts';

export const EXPECTED_MS = 50_000;
const OTHER_MS = 20_000;
export const STRONG_TURNS = 5;
export const WEAK_TURNS = 2;
/** After the value is complete: for a repetition and its read-back. */
export const ANSWERED_TURNS = 4;

export function answered(entity: EntityName, turn: Turn, digitCount: number): Expectation {
  const untilMs = turn.atMs + EXPECTED_MS;
  return { entity, asker: 'anyone', weak: false, digitCount, untilMs, turnsLeft: ANSWERED_TURNS };
}

/** "And the last four?": of what, nobody says; the digits identify a person all the same. */
export function lastFourExpectation(turn: Turn): Expectation {
  const untilMs = turn.atMs + EXPECTED_MS;
  return { entity: 'SSN', asker: turn.role, weak: false, digitCount: 0, untilMs, turnsLeft: WEAK_TURNS };
}

export function anotherPassword(turn: Turn): Expectation {
  const untilMs = turn.atMs + EXPECTED_MS;
  return { entity: 'PASSWORD', asker: 'agent', weak: false, digitCount: 0, untilMs, turnsLeft: WEAK_TURNS };
}

/** Of the agent's own turns. */
export function dictatedPassword(turn: Turn): Expectation {
  const untilMs = turn.atMs + EXPECTED_MS;
  return {
    entity: 'PASSWORD',
    asker: 'customer',
    weak: false,
    digitCount: 0,
    untilMs,
    turnsLeft: STRONG_TURNS,
  };
}

export function unknownExpectation(turn: Turn): Expectation {
  const untilMs = turn.atMs + OTHER_MS;
  return { entity: 'PIN', asker: 'agent', weak: true, digitCount: 0, untilMs, turnsLeft: 1 };
}

/** A value of which a part was said has the rest to come, whatever else is asked for. */
export function begun({ expectations }: RedactionState): readonly Expectation[] {
  return expectations.filter(
    ({ entity, digitCount }) =>
      (entity === 'CREDIT_CARD_NUMBER' || entity === 'SSN') &&
      digitCount > 0 &&
      digitCount < COMPLETE_DIGITS[entity],
  );
}

export function otherExpectation(turn: Turn): Expectation {
  const asker = turn.openEnded ? 'anyone' : turn.role;
  return {
    entity: 'other',
    asker,
    weak: turn.cues.every(({ label, weak }) => label !== 'other' || weak),
    digitCount: 0,
    untilMs: turn.atMs + OTHER_MS,
    turnsLeft: WEAK_TURNS,
  };
}
