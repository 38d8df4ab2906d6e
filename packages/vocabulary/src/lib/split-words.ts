/** One word of a text; what stands between words is theirs who read the text. */
export interface Word {
  /** Lower case without accents and apostrophes, for comparing. */
  readonly key: string;
  /** UTF-16 offsets; a possessive `'s` stands outside of them. */
  readonly start: number;
  readonly end: number;
  /** As `end`, behind a possessive `'s`. */
  readonly fullEnd: number;
  readonly isPossessive: boolean;
}

const WORD = /[\p{L}\p{M}\p{N}]+(?:['\u2019][\p{L}\p{M}\p{N}]+)*/gu;
const POSSESSIVE = /['\u2019][sS]$/;
const MARKS = /[\p{M}'\u2019]/gu;
const PLAIN = /^[a-z0-9]+$/;

export function splitWords(text: string): readonly Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(WORD)) {
    const [raw] = match;
    const isPossessive = raw.length > 2 && POSSESSIVE.test(raw);
    const core = isPossessive ? raw.slice(0, -2) : raw;
    const { index: start } = match;
    const end = start + core.length;
    words.push({ key: keyOf(core), start, end, fullEnd: start + raw.length, isPossessive });
  }
  return words;
}

function keyOf(core: string): string {
  const lower = core.toLowerCase();
  return PLAIN.test(lower) ? lower : lower.normalize('NFKD').replaceAll(MARKS, '');
}
