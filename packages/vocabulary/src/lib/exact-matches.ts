import { isCommon } from './is-common.ts';
import type { Word } from './split-words.ts';

/** A run of words that stands for an entry. */
export interface Match {
  /** Indexes of words, the last one inclusive. */
  readonly first: number;
  readonly last: number;
  /** What to write there; `undefined` leaves the text as it is but keeps it from further corrections. */
  readonly phrase: string | undefined;
}

interface Sequence {
  readonly words: readonly Word[];
  readonly phrase: string | undefined;
  readonly joins: Joins;
}

/** Looks for known sequences of words, the longest at each place. */
export type ExactIndex = ReadonlyMap<string, readonly Sequence[]>;

/** Whether what stands between two words may be lost. */
type Joins = (between: string, before: Word, after: Word) => boolean;

const GAP = /^(?:\s+|-)$/;
const MARKS = /^[\s.,'\u2019-]*$/;

/** No mark between the words of a phrase, for it would be lost. */
const joinsPhrase: Joins = (between) => GAP.test(between);

/** All that recognisers put between spelled letters and strange words; between common ones it parts two thoughts. */
const joinsHeard: Joins = (between, before, after) =>
  GAP.test(between) || (MARKS.test(between) && (isOdd(before) || isOdd(after)));

function isOdd({ key }: Word): boolean {
  return key.length === 1 || !isCommon(key);
}

interface Spelling {
  readonly words: readonly Word[];
  readonly phrase: string;
}

export interface PhraseSpelling extends Spelling {
  /** The phrase is one of its own soundsLike too. */
  readonly isHeardSo: boolean;
}

/**
 * A phrase of common words only, such as "Gold", is let stand as it was heard, for it may well have been meant so,
 * unless it is listed as heard so.
 */
export function indexPhrases(spellings: readonly PhraseSpelling[]): ExactIndex {
  return indexBy(
    spellings.map(({ words, phrase, isHeardSo }) => {
      const isOrdinary = !isHeardSo && words.every(({ key }) => isCommon(key));
      return { words, phrase: isOrdinary ? undefined : phrase, joins: joinsPhrase };
    }),
  );
}

export function indexHeard(spellings: readonly Spelling[]): ExactIndex {
  return indexBy(spellings.map(({ words, phrase }) => ({ words, phrase, joins: joinsHeard })));
}

function indexBy(sequences: readonly Sequence[]): ExactIndex {
  const index = new Map<string, Sequence[]>();
  for (const sequence of sequences) {
    const [first] = sequence.words;
    if (first === undefined) continue;
    const others = index.get(first.key);
    if (others === undefined) index.set(first.key, [sequence]);
    else others.push(sequence);
  }
  for (const found of index.values()) found.sort((a, b) => b.words.length - a.words.length);
  return index;
}

/** Matches from left to right among the words nobody took yet; marks their words as taken. */
export function findExact(
  index: ExactIndex,
  text: string,
  words: readonly Word[],
  taken: boolean[],
): readonly Match[] {
  const matches: Match[] = [];
  for (let first = 0; first < words.length; first += 1) {
    const found = index.get(words[first]?.key ?? '')?.find((sequence) => {
      return standsAt(sequence, text, words, taken, first);
    });
    if (found === undefined) continue;
    const last = first + found.words.length - 1;
    matches.push({ first, last, phrase: found.phrase });
    taken.fill(true, first, last + 1);
    first = last;
  }
  return matches;
}

function standsAt(
  { words: wanted, joins }: Sequence,
  text: string,
  words: readonly Word[],
  taken: readonly boolean[],
  first: number,
): boolean {
  return wanted.every(({ key, isPossessive }, offset) => {
    const word = words[first + offset];
    if (word === undefined || word.key !== key || taken[first + offset] === true) return false;
    const isLast = offset === wanted.length - 1;
    if (!isLast && word.isPossessive !== isPossessive) return false;
    const before = words[first + offset - 1];
    if (offset === 0 || before === undefined) return true;
    return joins(text.slice(before.fullEnd, word.start), before, word);
  });
}
