import type { KeptText } from './store-dump.ts';

/** Shorter words are in every log and table, whatever was said. */
const WORD_CHARACTERS_MIN = 4;

export interface WordTrail {
  /** Words, and pairs of words in a row, that tell of the texts. */
  readonly marks: readonly string[];
  /** Names of the places that hold a mark, with the marks. */
  findIn(
    places: readonly KeptText[],
  ): readonly { readonly name: string; readonly marks: readonly string[] }[];
}

/** Looks for what was said, in whatever case and punctuation, without what was in the places before anybody spoke. */
export function createWordTrail(spoken: readonly string[], before: readonly KeptText[]): WordTrail {
  const known = marksOf(before.map(({ text }) => text));
  const marks = [...marksOf(spoken)].filter((mark) => !known.has(mark));
  return {
    marks,
    findIn: (places) =>
      places.flatMap(({ name, text }) => {
        const present = marksOf([text]);
        const found = marks.filter((mark) => present.has(mark));
        return found.length === 0 ? [] : [{ name, marks: found }];
      }),
  };
}

function marksOf(texts: readonly string[]): Set<string> {
  const marks = new Set<string>();
  for (const text of texts) {
    let previous = '';
    // In JSON the letter of an escape would become that of the word behind it.
    const plain = text.replaceAll(/\\+[bfnrt]/g, ' ').toLowerCase();
    for (const [word] of plain.matchAll(/\p{L}+/gu)) {
      if (word.length >= WORD_CHARACTERS_MIN) marks.add(word);
      if (previous !== '') marks.add(`${previous} ${word}`);
      previous = word;
    }
  }
  return marks;
}
