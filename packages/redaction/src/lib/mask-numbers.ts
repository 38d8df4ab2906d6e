import { applyReplacements, maskCharacters, type Replacement } from './mask-text.ts';
import {
  DIGIT_WORDS,
  HOMOPHONES,
  JOINING_MARKS,
  MULTIPLIERS,
  TEEN_WORDS,
  TENS_WORDS,
  ZERO_LETTERS,
} from './number-words.ts';
import { tokenize, type Token } from './tokenize.ts';

/** Part of a number only beside one: what a digit may be misheard for, and what makes more digits of one. */
export const BESIDE_NUMBERS: ReadonlySet<string> = new Set([
  ...ZERO_LETTERS,
  ...HOMOPHONES.keys(),
  ...MULTIPLIERS.keys(),
  'hundred',
  'thousand',
  'million',
]);

/**
 * Masks every number, in words or figures, whatever it means: one `#` a digit, spoken ones that follow one another as
 * one. Masks and their labels stay.
 */
export function maskNumbers(text: string): string {
  const tokens = tokenize(text);
  const numeric = numericTokens(tokens);
  const replacements: Replacement[] = [];
  let spokenAt: number | undefined;
  for (const [at, token] of tokens.entries()) {
    if (!numeric.has(at)) continue;
    const { kind, start, end } = token;
    const before = replacements.at(-1);
    const isJoined = kind === 'word' && spokenAt !== undefined && skipMarks(tokens, spokenAt, 1) === at;
    const mask = kind === 'word' ? '#'.repeat(digitsOf(token)) : maskCharacters(text.slice(start, end));
    if (isJoined && before !== undefined)
      replacements.splice(-1, 1, { ...before, end, text: before.text + mask });
    else replacements.push({ start, end, text: mask });
    spokenAt = kind === 'word' ? at : undefined;
  }
  return applyReplacements(text, replacements);
}

function numericTokens(tokens: readonly Token[]): ReadonlySet<number> {
  const numeric = new Set<number>();
  for (const [at, token] of tokens.entries()) if (isNumber(token)) numeric.add(at);
  const spread = (at: number, token: Token, step: 1 | -1): void => {
    if (token.kind === 'word' && BESIDE_NUMBERS.has(token.text) && numeric.has(skipMarks(tokens, at, step)))
      numeric.add(at);
  };
  for (const [at, token] of tokens.entries()) spread(at, token, -1);
  for (const [at, token] of [...tokens.entries()].toReversed()) spread(at, token, 1);
  return numeric;
}

function isNumber({ kind, text }: Token): boolean {
  return kind === 'number' || (kind === 'word' && wordDigits(text) > 0);
}

/** 0 of a word that is no number by itself. */
function wordDigits(word: string): number {
  const forms = [word, word.replace(/'?s$/, ''), word.replace(/es$/, '')];
  if (forms.some((form) => DIGIT_WORDS.has(form))) return 1;
  return forms.some((form) => TEEN_WORDS.has(form) || TENS_WORDS.has(form)) ? 2 : 0;
}

function digitsOf({ text }: Token): number {
  return Math.max(1, wordDigits(text));
}

/** The next token that is no separator of digits. */
function skipMarks(tokens: readonly Token[], from: number, step: 1 | -1): number {
  let at = from + step;
  while (JOINING_MARKS.has(tokens[at]?.text ?? '')) at += step;
  return at;
}
