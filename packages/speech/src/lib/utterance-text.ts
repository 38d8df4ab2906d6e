const loneI = /(?<![\p{L}\p{N}'’.])i(?=$|['’](?:m|d|ll|ve|s)\b|[^\p{L}\p{N}'’.]|\.(?!\p{L}))/gu;

/** Spaces collapsed, first letter and the pronoun "I" capital. Words and punctuation stay as heard. */
export function formatUtteranceText(text: string): string {
  const spaced = text.replaceAll(/\s+/gu, ' ').trim();
  return spaced.replaceAll(loneI, 'I').replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}
