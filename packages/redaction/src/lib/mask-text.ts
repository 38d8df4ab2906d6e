import type { DigitRun } from './digit-runs.ts';

/** A stretch of a turn and what stands there instead. Offsets are UTF-16. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** One `#` a letter or digit; everything else is kept. */
export function maskCharacters(text: string): string {
  if (/^[0-9]*$/.test(text)) return '#'.repeat(text.length);
  // A combining mark belongs to the letter before it.
  return text.replaceAll(/[\p{L}\p{N}]\p{M}*/gu, '#').replaceAll(/\p{M}+/gu, '');
}

/**
 * Masks a run: neighbouring spoken numbers become one `#` a digit of their value, without what stood between them;
 * written digits are masked one by one.
 */
export function maskRun(text: string, run: DigitRun, offsets: (tokenAt: number) => Span): Replacement[] {
  const replacements: Replacement[] = [];
  let spoken: Replacement | undefined;
  for (const element of run.elements) {
    const { start } = offsets(element.first);
    const { end } = offsets(element.last);
    const digits = '#'.repeat(element.readings[0].length);
    if (!element.spoken) replacements.push({ start, end, text: maskCharacters(text.slice(start, end)) });
    else if (spoken !== undefined) replacements.splice(-1, 1, { ...spoken, end, text: spoken.text + digits });
    else replacements.push({ start, end, text: digits });
    spoken = element.spoken ? replacements.at(-1) : undefined;
  }
  return replacements;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** @param replacements in order, without overlap */
export function applyReplacements(text: string, replacements: readonly Replacement[]): string {
  let result = '';
  let at = 0;
  for (const replacement of replacements) {
    result += text.slice(at, replacement.start) + replacement.text;
    at = replacement.end;
  }
  return result + text.slice(at);
}
