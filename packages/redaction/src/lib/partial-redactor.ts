import type { EntityName } from './entities.ts';
import { BESIDE_NUMBERS, maskNumbers } from './mask-numbers.ts';
import type { RedactionPolicy } from './policy.ts';
import { createRedactor, type ConversationTurn, type RedactionResult } from './redactor.ts';
import type { RedactionState } from './state.ts';
import { tokenize } from './tokenize.ts';

/** Redacts what may still change; made by `createPartialRedactor`. */
export interface PartialRedactor {
  /**
   * What may be shown of speech that goes on; empty when that is nothing. The state is looked at only: the turn is
   * redacted again when it has ended. Never throws.
   *
   * @param state after the last turn that had ended; every turn that ended must be in it
   * @param write writes a masked turn as people write; masks have to stay as they are
   */
  redact(turn: ConversationTurn, state: RedactionState, write: (text: string) => string): string;
}

/** The last word may go on. */
const HELD_WORDS = 1;
/** "john dot smith" is no address before "at" is heard. */
const HELD_WORDS_OF_LONG = 8;

/** What is told by its words; all else is told by a phrase before it, or is a number. */
const LONG_ENTITIES: ReadonlySet<EntityName> = new Set([
  'EMAIL',
  'DOB',
  'DRIVER_ID',
  'PASSPORT_NUMBER',
  'ADDRESS',
  'NAME',
]);

/**
 * Redacts speech that has not ended. What was shown cannot be taken back, and neither what follows nor a better
 * hearing of it is known yet: no number is shown at all, nor the last words.
 */
export function createPartialRedactor(policy: RedactionPolicy): PartialRedactor {
  const redactor = createRedactor({ ...policy, mode: 'strict' });
  const heldWords = holdsLong(policy) ? HELD_WORDS_OF_LONG : HELD_WORDS;
  return {
    redact(turn, state, write) {
      try {
        const spoken = textOf(redactor.redact(turn, state));
        const shown = withoutLastWords(maskNumbers(spoken), heldWords);
        if (shown === '') return '';
        return maskNumbers(textOf(redactor.redact({ ...turn, text: write(shown) }, state)));
      } catch {
        // Fail closed: the words come with the end of the turn.
        return '';
      }
    },
  };
}

/** A turn masked whole, since it could not be judged, is of no use to anybody who looks. */
function textOf({ text, findings }: RedactionResult): string {
  return findings.some(({ rule }) => rule === 'internal-error') ? '' : text;
}

function holdsLong({ entities, roles, customRules }: RedactionPolicy): boolean {
  if (customRules !== undefined && customRules.length > 0) return true;
  return [entities, ...Object.values(roles ?? {})].some((list) =>
    list.some((name) => LONG_ENTITIES.has(name)),
  );
}

function withoutLastWords(text: string, count: number): string {
  const words = tokenize(text).filter(({ kind }) => kind !== 'mark');
  const shown = words.slice(0, Math.max(0, words.length - count));
  // "it is to" may become "it is two four".
  const last = shown.findLast(({ text: word }) => !BESIDE_NUMBERS.has(word));
  return last === undefined ? '' : text.slice(0, last.end);
}
