const entries = (words: string, from: number, step = 1): [string, string][] =>
  words.split(' ').map((word, i) => [word, String(from + i * step)]);

/** Zero to nine, as said. */
export const DIGIT_WORDS: ReadonlyMap<string, string> = new Map([
  ...entries('zero one two three four five six seven eight nine', 0),
  ['nought', '0'],
  ['naught', '0'],
  ['niner', '9'],
  ['fiver', '5'],
  ['fife', '5'],
]);

/** "three zeros", "double fives". */
export const DIGIT_PLURALS: ReadonlyMap<string, string> = new Map([
  ...entries('zeros ones twos threes fours fives sixes sevens eights nines', 0),
  ['zeroes', '0'],
  ['ohs', '0'],
]);

export const TEEN_WORDS: ReadonlyMap<string, string> = new Map(
  entries('ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen', 10),
);

export const TENS_WORDS: ReadonlyMap<string, string> = new Map([
  ...entries('twenty thirty forty fifty sixty seventy eighty ninety', 20, 10),
  ['fourty', '40'],
]);

/** Zero only beside a digit: otherwise an exclamation or a letter. */
export const ZERO_LETTERS: ReadonlySet<string> = new Set(['oh', 'o']);

/** What a recogniser writes for a digit it misheard; a digit only inside a run of digit words. */
export const HOMOPHONES: ReadonlyMap<string, string> = new Map([
  ['to', '2'],
  ['too', '2'],
  ['for', '4'],
  ['fore', '4'],
  ['ate', '8'],
  ['won', '1'],
  ['tree', '3'],
  ['free', '3'],
  ['wan', '1'],
  ['sicks', '6'],
]);

export const MULTIPLIERS: ReadonlyMap<string, number> = new Map([
  ['double', 2],
  ['dubble', 2],
  ['triple', 3],
  ['treble', 3],
  ['quadruple', 4],
]);

/** Words that do not break a run of digits. */
export const FILLERS: ReadonlySet<string> = new Set(
  'um uh uhm umm uhh er erm hmm mm ah okay ok and then so like well next followed by again dash hyphen minus space dot point slash comma underscore'.split(
    ' ',
  ),
);

/** Marks that do not break a run of digits. */
export const JOINING_MARKS: ReadonlySet<string> = new Set([
  '-',
  '.',
  ',',
  '/',
  ':',
  '(',
  ')',
  '\u2026',
  '\u2010',
  '\u2011',
  '\u2012',
  '\u2013',
  '\u2014',
  '\u00b7',
]);
