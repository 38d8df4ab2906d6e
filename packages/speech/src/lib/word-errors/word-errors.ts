import { normalisedWords } from './normalised-words.ts';

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

/** The least number of word errors between two texts. */
export function countWordErrors(reference: string, hypothesis: string): WordErrors {
  const want = normalisedWords(reference);
  const got = normalisedWords(hypothesis);
  let row: Costs[] = Array.from({ length: got.length + 1 }, (_, insertions) => ({ ...NONE, insertions }));
  for (const [index, word] of want.entries()) {
    const next: Costs[] = [{ ...NONE, deletions: index + 1 }];
    for (const [column, other] of got.entries()) {
      const diagonal = row[column] ?? NONE;
      const above = row[column + 1] ?? NONE;
      const left = next[column] ?? NONE;
      next.push(
        cheapest(
          word === other ? diagonal : { ...diagonal, substitutions: diagonal.substitutions + 1 },
          { ...above, deletions: above.deletions + 1 },
          { ...left, insertions: left.insertions + 1 },
        ),
      );
    }
    row = next;
  }
  return { ...(row.at(-1) ?? NONE), words: want.length };
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
