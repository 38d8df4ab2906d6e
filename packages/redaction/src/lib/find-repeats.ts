import type { EntityName } from './entities.ts';
import type { Token } from './tokenize.ts';
import type { Turn } from './read-turn.ts';
import type { RedactionState } from './state.ts';
import type { FoundSpan } from './verdict.ts';

const WORD_CHARS_MIN = 4;

/** Values of words that were masked before and are said again: "so that was swordfish?". */
export function findRepeats(
  { tokens }: Turn,
  state: RedactionState,
  entities: ReadonlySet<EntityName>,
): FoundSpan[] {
  const known = state.recent.flatMap(({ entity, words }) =>
    words !== '' && entities.has(entity) ? [{ entity, words: words.split(' ') }] : [],
  );
  if (known.length === 0) return [];
  const found: FoundSpan[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const value = known.find(
      ({ words }) => words[0] === tokens[at]?.text && lastOfRepeat(tokens, at, words) !== undefined,
    );
    const last = value === undefined ? undefined : lastOfRepeat(tokens, at, value.words);
    if (value === undefined || last === undefined) continue;
    found.push({ entity: value.entity, rule: 'repeat', confidence: 0.7, first: at, last });
    at = last;
  }
  return found;
}

/** Signs may be said or left out: "tugboat 24", "Tugboat_24". */
function lastOfRepeat(tokens: readonly Token[], first: number, words: readonly string[]): number | undefined {
  let at = first;
  for (const [i, word] of words.entries()) {
    while (i > 0 && tokens[at]?.kind === 'mark' && tokens[at]?.text !== word) at += 1;
    if (tokens[at]?.text !== word) return undefined;
    at += 1;
  }
  return at - 1;
}

/** What is remembered of a value of words; empty when it is too short to know again. */
export function wordsOf({ tokens }: Turn, { first, last }: { first: number; last: number }): string {
  const words = tokens
    .slice(first, last + 1)
    .filter(({ kind }) => kind !== 'mark')
    .map(({ text }) => text);
  const text = words.join(' ');
  return words.length <= WORDS_MAX && text.length >= WORD_CHARS_MIN && text.length <= CHARS_MAX ? text : '';
}

const WORDS_MAX = 12;
const CHARS_MAX = 80;
