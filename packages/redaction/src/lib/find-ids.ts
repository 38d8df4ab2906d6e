import { COPULAS } from './cue-phrases.ts';
import { FILLERS, JOINING_MARKS } from './number-words.ts';
import { readNumberElement } from './number-element.ts';
import { NATO } from './password-words.ts';
import type { EntityName } from './entities.ts';
import type { Turn } from './read-turn.ts';
import type { RedactionState } from './state.ts';
import type { Token } from './tokenize.ts';
import type { FoundSpan } from './verdict.ts';

/** Values of letters and digits. */
export const ID_ENTITIES: readonly EntityName[] = ['DRIVER_ID', 'PASSPORT_NUMBER'];

const CHARACTERS_MIN = 5;
const GAP_WORDS_MAX = 8;
const GAP_INSIDE_MAX = 3;

/** "D one two three ...", "A B 123 456", "b as in boy": after a cue, or as an answer. */
export function findIds(turn: Turn, state: RedactionState, entities: ReadonlySet<EntityName>): FoundSpan[] {
  const { tokens, cues, role } = turn;
  const found: FoundSpan[] = [];
  for (const cue of cues) {
    const entity = ID_ENTITIES.find((name) => name === cue.label && entities.has(name));
    const span = entity === undefined ? undefined : firstCode(tokens, cue.last + 1, GAP_WORDS_MAX);
    if (entity !== undefined && span !== undefined)
      found.push({ entity, rule: 'cue', confidence: 0.8, ...span });
  }
  if (found.length > 0 || cues.some(({ label }) => label !== 'none')) return found;
  const expected = state.expectations.find(
    ({ entity, asker }) =>
      ID_ENTITIES.some((name) => name === entity && entities.has(name)) &&
      (asker === 'anyone' || asker !== role),
  );
  const span = expected === undefined ? undefined : firstCode(tokens, 0, GAP_WORDS_MAX);
  if (expected === undefined || expected.entity === 'other' || span === undefined) return found;
  return [{ entity: expected.entity, rule: 'expected', confidence: 0.7, ...span }];
}

function firstCode(
  tokens: readonly Token[],
  from: number,
  gapMax: number,
): { first: number; last: number } | undefined {
  for (let at = from; at < tokens.length && at - from <= gapMax; at += 1) {
    const span = codeFrom(tokens, at);
    if (span !== undefined) return span;
  }
  return undefined;
}

function codeFrom(tokens: readonly Token[], first: number): { first: number; last: number } | undefined {
  let [last, characters, digits] = [first, 0, 0];
  for (let at = first; at < tokens.length && at - last <= GAP_INSIDE_MAX;) {
    const token = tokens[at];
    const element = readNumberElement(tokens, at);
    if (element !== undefined || token?.text === 'oh') {
      digits += element?.readings[0].length ?? 1;
      characters += element?.readings[0].length ?? 1;
      last = element?.last ?? at;
      at = last + 1;
    } else if (token !== undefined && isLetter(tokens, at)) {
      characters += token.text.length <= 2 ? token.text.length : 1;
      last = at;
      at += 1;
    } else if (token !== undefined && at > first && isBetween(token)) at += 1;
    else break;
  }
  return characters >= CHARACTERS_MIN && digits > 0 ? { first, last } : undefined;
}

function isLetter(tokens: readonly Token[], at: number): boolean {
  const [token, next] = [tokens[at], tokens[at + 1]];
  if (token?.kind !== 'word' || COPULAS.has(token.text)) return false;
  if (NATO.has(token.text)) return true;
  if (token.text === 'a' || token.text === 'i')
    return (next !== undefined && next.text.length <= 2) || readNumberElement(tokens, at + 1) !== undefined;
  return token.text.length === 1 || (token.text.length === 2 && next?.kind === 'number' && !next.spaced);
}

function isBetween({ text }: Token): boolean {
  return FILLERS.has(text) || JOINING_MARKS.has(text) || /^(?:as|in|like|for)$/.test(text);
}
