import { ENTITY_NAMES, type EntityName } from './entities.ts';
import {
  answered,
  dictatedPassword,
  EXPECTED_MS,
  lastFourExpectation,
  STRONG_TURNS,
  WEAK_TURNS,
} from './new-expectations.ts';
import { isDictation, isPersonalQuestion } from './no-requests.ts';
import type { Turn } from './read-turn.ts';
import type { Expectation } from './state.ts';
import { COMPLETE_DIGITS, WORD_ENTITIES } from './verdict.ts';

/** A value found in a turn. */
export interface Heard {
  readonly entity: string;
  readonly digitCount: number;
  readonly inPieces: boolean;
}

/** The cues of the turn whose value it did not bring in full. */
export function askedFor(turn: Turn, heard: readonly Heard[]): Expectation[] {
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
    if ((WORD_ENTITIES.has(entity) || entity === 'PASSWORD') && !requestsWord(turn)) return [];
    // "The Mastercard ending in 8775?" is answered with yes, or with another card in full.
    const partial = lastFour && digitCount >= 4;
    if (entity === 'PASSWORD' && cues.every((cue) => cue.weak) && !isPersonalQuestion(turn)) return [];
    const weak =
      entity !== 'PASSWORD' && (partial || (cues.every((cue) => cue.weak) && digitCount === 0 && !lastFour));
    // "Can I have your PIN" wants it of the other; "your PIN is" goes on in the next turn.
    const goesOn = turn.openEnded && !(turn.role === 'agent' && turn.asking && turn.endsOnCue);
    const asker = goesOn || digitCount > 0 || turn.role === 'customer' ? 'anyone' : turn.role;
    const turnsLeft = weak ? WEAK_TURNS : STRONG_TURNS;
    return [{ entity, asker, weak, digitCount, untilMs: turn.atMs + EXPECTED_MS, turnsLeft }];
  });
}

function requestsWord({ requesting, openEnded, role, tokens }: Turn): boolean {
  if (requesting || openEnded) return true;
  return (
    role === 'agent' && tokens.some(({ text }) => text === 'should' || text === '?' || text === 'answer')
  );
}

export function digitsOf(entity: EntityName, heard: readonly Heard[]): number {
  return heard.reduce((sum, value) => sum + (value.entity === entity ? value.digitCount : 0), 0);
}
