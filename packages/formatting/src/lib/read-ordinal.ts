import { ORDINAL_TEENS, ORDINAL_TENS, ORDINAL_UNITS, TENS_WORDS } from './number-words.ts';
import { following, wordAfter, wordBefore, type Token } from './tokenize.ts';

export interface Ordinal {
  readonly last: number;
  readonly value: number;
}

/** "third", "twelfth", "twenty first": 1 to 99. */
export function readOrdinal(tokens: readonly Token[], at: number): Ordinal | undefined {
  const token = tokens[at];
  if (token?.kind !== 'word') return undefined;
  const single =
    ORDINAL_UNITS.get(token.text) ?? ORDINAL_TEENS.get(token.text) ?? ORDINAL_TENS.get(token.text);
  if (single !== undefined) return { last: at, value: single };
  const tens = TENS_WORDS.get(token.text);
  if (tens === undefined) return undefined;
  const unitAt = following(tokens, at);
  const unit = ORDINAL_UNITS.get(tokens[unitAt]?.text ?? '');
  return unit === undefined ? undefined : { last: unitAt, value: tens + unit };
}

export function writeOrdinal(value: number): string {
  const isTeen = value % 100 >= 11 && value % 100 <= 13;
  const suffix = isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th');
  return `${value}${suffix}`;
}

/**
 * An ordinal of ten or more, outside of a date: those below stay words. "second" after tens may be a measure of time
 * ("a thirty second wait") unless "the" comes before and the clause ends.
 */
export function readLoneOrdinal(tokens: readonly Token[], at: number): Ordinal | undefined {
  const ordinal = readOrdinal(tokens, at);
  if (ordinal === undefined || ordinal.value < 10) return undefined;
  if (tokens[ordinal.last]?.text !== 'second') return ordinal;
  const after = wordAfter(tokens, ordinal.last);
  const isDay = wordBefore(tokens, at) === 'the' && (after === '' || after === 'of');
  return isDay ? ordinal : undefined;
}
