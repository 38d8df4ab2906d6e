import { findDigitRuns } from './digit-runs.ts';
import type { EntityName } from './entities.ts';
import { findElements } from './find-elements.ts';
import { applyReplacements, maskCharacters, maskRun, type Replacement } from './mask-text.ts';
import type { RedactionPolicy } from './policy.ts';
import { createRedactor, type ConversationTurn, type RedactionResult } from './redactor.ts';
import type { RedactionState } from './state.ts';
import { tokenize, type Token } from './tokenize.ts';

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

/** Masks every number, in words or figures, whatever it means. */
export function maskNumbers(text: string): string {
  const tokens = tokenize(text);
  const runs = findDigitRuns(
    tokens,
    findElements(tokens, () => false),
  );
  const replacements = runs.flatMap((run) => maskRun(text, run, (at) => tokenAt(tokens, at)));
  // "A12", "4th": parts of names, no numbers of their own.
  const rest = tokens
    .filter(({ kind, start }) => kind === 'number' && !replacements.some((each) => covers(each, start)))
    .map(({ start, end }) => ({ start, end, text: maskCharacters(text.slice(start, end)) }));
  return applyReplacements(
    text,
    [...replacements, ...rest].toSorted((a, b) => a.start - b.start),
  );
}

function covers({ start, end }: Replacement, at: number): boolean {
  return start <= at && at < end;
}

function tokenAt(tokens: readonly Token[], at: number): Token {
  const token = tokens[at];
  if (token === undefined) throw new RangeError(`Cannot mask token ${at}: text has ${tokens.length} tokens`);
  return token;
}

function withoutLastWords(text: string, count: number): string {
  const words = tokenize(text).filter(({ kind }) => kind !== 'mark');
  const last = words.at(-count - 1);
  return last === undefined ? '' : text.slice(0, last.end);
}
