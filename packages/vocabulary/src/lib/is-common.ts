import { COMMON_WORDS } from '../data/common-words.ts';

/** Regular endings with what the base form has in their place; of those with "n't" and the like the apostrophe is gone. */
const ENDINGS: readonly (readonly [ending: string, ...bases: readonly string[]])[] = [
  ['ies', 'y'],
  ['es', '', 'e'],
  ['s', ''],
  ['ied', 'y'],
  ['ed', '', 'e'],
  ['ing', '', 'e'],
  ['in', '', 'e'],
  ['iest', 'y'],
  ['est', '', 'e'],
  ['ier', 'y'],
  ['er', '', 'e'],
  ['ers', '', 'e'],
  ['or', '', 'e'],
  ['ily', 'y'],
  ['ally', ''],
  ['ly', '', 'le'],
  ['ness', ''],
  ['ment', ''],
  ['able', '', 'e'],
  ['ful', ''],
  ['less', ''],
  ['y', '', 'e'],
  ['nt', ''],
  ['re', ''],
  ['ll', ''],
  ['ve', ''],
  ['d', ''],
];
const PREFIXES = ['un', 're', 'dis', 'in', 'non', 'over', 'pre', 'mis'];
const BASE_LETTERS_MIN = 3;
const DOUBLED = /([b-df-hj-np-tv-z])\1$/;

/** Whether the word, lower case without apostrophes, is an ordinary one: listed, or a regular form of one listed. */
export function isCommon(word: string): boolean {
  if (word.length === 1 || COMMON_WORDS.has(word) || isFormOfCommon(word)) return true;
  const prefix = PREFIXES.find((start) => word.startsWith(start));
  if (prefix === undefined) return false;
  const rest = word.slice(prefix.length);
  return rest.length > BASE_LETTERS_MIN && (COMMON_WORDS.has(rest) || isFormOfCommon(rest));
}

function isFormOfCommon(word: string): boolean {
  return ENDINGS.some(([ending, ...bases]) => {
    if (!word.endsWith(ending)) return false;
    const stem = word.slice(0, -ending.length);
    if (stem.length < BASE_LETTERS_MIN - 1) return false;
    if (bases.some((base) => isBase(stem + base))) return true;
    return DOUBLED.test(stem) && isBase(stem.slice(0, -1));
  });
}

function isBase(word: string): boolean {
  return word.length >= BASE_LETTERS_MIN - 1 && COMMON_WORDS.has(word);
}
