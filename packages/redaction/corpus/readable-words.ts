import type { LabelledSpan } from './corpus.ts';

/** Said inside a value without being part of it, or what joins its parts: these may be left. */
const NOT_OF_THE_VALUE = new Set(
  'um uh and so okay no wait sorry the of at dot dash underscore as in'.split(' '),
);

/** A `#` of a password cannot be told from its mask. */
function isJoint(word: string): boolean {
  return NOT_OF_THE_VALUE.has(word) || word.startsWith('#');
}

interface Word {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

export interface Readable {
  /** Words and figures of the span that the output still shows. */
  readonly left: readonly string[];
  readonly wordCount: number;
}

/**
 * What of each span can still be read in an output of which nothing but the text is known: its words that stand, in
 * order, in the longest common subsequence of words.
 */
export function readableInText(text: string, output: string, spans: readonly LabelledSpan[]): Readable[] {
  const words = wordsOf(text);
  const kept = output === text ? words.map(() => true) : keptWords(words, wordsOf(output));
  return spans.map((span) => readableOf(span, words, (_word, at) => kept[at] === true));
}

/** What of each span no finding covers. */
export function readableOutside(
  text: string,
  findings: readonly { readonly start: number; readonly end: number }[],
  spans: readonly LabelledSpan[],
): Readable[] {
  const words = wordsOf(text);
  const covered = ({ start, end }: Word): boolean =>
    findings.some((finding) => finding.start <= start && end <= finding.end);
  return spans.map((span) => readableOf(span, words, (word) => !covered(word)));
}

function readableOf(
  { start, end }: LabelledSpan,
  words: readonly Word[],
  isReadable: (word: Word, at: number) => boolean,
): Readable {
  const left: string[] = [];
  let wordCount = 0;
  for (const [at, word] of words.entries()) {
    if (word.start < start || word.end > end || isJoint(word.word)) continue;
    wordCount += 1;
    if (isReadable(word, at)) left.push(word.word);
  }
  return { left, wordCount };
}

/** Letters and digits; a run of digits is a word of its own, so that one left of `Rover-88` counts. */
function wordsOf(text: string): Word[] {
  return [...text.matchAll(/\d+|[^\W\d_]+(?:'[^\W\d_]+)*|#+/gu)].map((match) => ({
    word: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function keptWords(before: readonly Word[], after: readonly Word[]): boolean[] {
  const width = after.length + 1;
  const lengths = new Uint16Array((before.length + 1) * width);
  const lengthAt = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        before[row]?.word === after[column]?.word
          ? lengthAt(row + 1, column + 1) + 1
          : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
    }
  }
  const kept = before.map(() => false);
  for (let row = 0, column = 0; row < before.length && column < after.length;) {
    if (before[row]?.word === after[column]?.word) {
      kept[row] = true;
      row += 1;
      column += 1;
    } else if (lengthAt(row + 1, column) >= lengthAt(row, column + 1)) row += 1;
    else column += 1;
  }
  return kept;
}
