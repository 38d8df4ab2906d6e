import { figureReadings, normalisedWords } from './normalised-words.ts';

/** What has to change to make the reference of the hypothesis, in words after normalisation. */
export interface WordErrors {
  readonly substitutions: number;
  readonly deletions: number;
  readonly insertions: number;
  /** Words of the reference. */
  readonly words: number;
}

type Costs = Omit<WordErrors, 'words'>;

const NONE: Costs = { substitutions: 0, deletions: 0, insertions: 0 };
/** Words written apart on one side and together on the other are the same: `mail box`, `N B S`. */
const JOINED_WORDS_MAX = 3;

/** The least number of word errors between two texts, figures read as they can be. */
export function countWordErrors(reference: string, hypothesis: string): WordErrors {
  const usual = compareWords(normalisedWords(reference), normalisedWords(hypothesis));
  if (errorCount(usual) === 0 || ![reference, hypothesis].some((text) => /\d{3}/.test(text))) return usual;
  const others = figureReadings.flatMap((wanted) =>
    figureReadings.map((got) =>
      compareWords(normalisedWords(reference, wanted), normalisedWords(hypothesis, got)),
    ),
  );
  return others.reduce((best, each) => (errorCount(each) < errorCount(best) ? each : best), usual);
}

function compareWords(want: readonly string[], got: readonly string[]): WordErrors {
  const rows: Costs[][] = [got.map((_, index) => ({ ...NONE, insertions: index + 1 }))];
  rows[0]?.unshift(NONE);
  for (let row = 1; row <= want.length; row += 1) {
    const current: Costs[] = [{ ...NONE, deletions: row }];
    rows.push(current);
    for (let column = 1; column <= got.length; column += 1) {
      const at = (rowsBack: number, columnsBack: number): Costs =>
        rows[row - rowsBack]?.[column - columnsBack] ?? NONE;
      current.push(
        cheapest(
          { ...at(1, 1), substitutions: at(1, 1).substitutions + 1 },
          { ...at(1, 0), deletions: at(1, 0).deletions + 1 },
          { ...at(0, 1), insertions: at(0, 1).insertions + 1 },
          ...sameEndings(
            want.slice(Math.max(0, row - JOINED_WORDS_MAX), row),
            got.slice(Math.max(0, column - JOINED_WORDS_MAX), column),
          ).map(([words, others]) => at(words, others)),
        ),
      );
    }
    // What lies further back is out of reach of any join.
    if (row > JOINED_WORDS_MAX) rows[row - JOINED_WORDS_MAX - 1] = [];
  }
  return { ...(rows.at(-1)?.at(-1) ?? NONE), words: want.length };
}

/** How many last words of both sides are the same, one of them perhaps written in parts. */
function sameEndings(want: readonly string[], got: readonly string[]): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = want.at(-1) === got.at(-1) ? [[1, 1]] : [];
  for (let parts = 2; parts <= JOINED_WORDS_MAX; parts += 1) {
    if (want.length >= parts && want.slice(-parts).join('') === got.at(-1)) found.push([parts, 1]);
    if (got.length >= parts && got.slice(-parts).join('') === want.at(-1)) found.push([1, parts]);
  }
  return found;
}

function cheapest(first: Costs, ...others: readonly Costs[]): Costs {
  return others.reduce((best, each) => (errorCount(each) < errorCount(best) ? each : best), first);
}

function errorCount({ substitutions, deletions, insertions }: Costs): number {
  return substitutions + deletions + insertions;
}

/** Errors per word of the reference, over all of them together; without any word 0, or 1 where some were heard. */
export function wordErrorRate(counts: readonly WordErrors[]): number {
  const words = counts.reduce((sum, each) => sum + each.words, 0);
  const errors = counts.reduce((sum, each) => sum + errorCount(each), 0);
  return words === 0 ? Math.min(1, errors) : errors / words;
}
