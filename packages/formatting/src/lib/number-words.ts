const entries = (words: string, from: number, step = 1): [string, number][] =>
  words.split(' ').map((word, i) => [word, from + i * step]);

export const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

export const UNIT_WORDS: ReadonlyMap<string, number> = new Map(
  entries('zero one two three four five six seven eight nine', 0),
);
export const TEEN_WORDS: ReadonlyMap<string, number> = new Map(
  entries('ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen', 10),
);
export const TENS_WORDS: ReadonlyMap<string, number> = new Map([
  ...entries('twenty thirty forty fifty sixty seventy eighty ninety', 20, 10),
  ['fourty', 40],
]);
export const SCALE_WORDS: ReadonlyMap<string, number> = new Map([
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
]);
export const ORDINAL_UNITS: ReadonlyMap<string, number> = new Map(
  entries('first second third fourth fifth sixth seventh eighth ninth', 1),
);
export const ORDINAL_TEENS: ReadonlyMap<string, number> = new Map(
  entries(
    'tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth',
    10,
  ),
);
export const ORDINAL_TENS: ReadonlyMap<string, number> = new Map(
  entries('twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth', 20, 10),
);
/** Zero only inside a run of digits or before the digit of a minute or a year. */
export const ZERO_LETTERS = words('oh o');
export const MULTIPLIERS: ReadonlyMap<string, number> = new Map([
  ['double', 2],
  ['triple', 3],
  ['treble', 3],
  ['quadruple', 4],
]);
export const MONTHS = words(
  'january february march april may june july august september october november december',
);
export const WEEKDAYS = words('monday tuesday wednesday thursday friday saturday sunday');
