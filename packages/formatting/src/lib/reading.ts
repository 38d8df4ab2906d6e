import type { Edit } from './edits.ts';
import type { Token } from './tokenize.ts';

/** What a stretch of tokens was read as. */
export interface Reading {
  /** Index of its last token. */
  readonly last: number;
  /** Empty where the stretch is understood but stays as it is. */
  readonly edits: readonly Edit[];
}

export function readingOf(tokens: readonly Token[], first: number, last: number, text: string): Reading {
  const [start, end] = [tokens[first]?.start ?? 0, tokens[last]?.end ?? 0];
  return { last, edits: [{ start, end, replacement: text }] };
}
