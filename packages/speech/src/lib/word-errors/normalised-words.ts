import { numberWords, spellCardinal, spellDigits, spellOrdinal } from './spell-number.ts';

/**
 * How figures of three and four digits are said: `911` as nine hundred eleven, `1234` digit by digit (`usual`); all
 * `digits`; or the last two together (`pairs`): `2019` as twenty nineteen, `415` as four fifteen.
 */
export type FigureReading = 'usual' | 'digits' | 'pairs';

export const figureReadings: readonly FigureReading[] = ['usual', 'digits', 'pairs'];

/** Applied in this order to lower-case text with straight apostrophes. The README holds the same list. */
const spellings = (
  reading: FigureReading,
): readonly (readonly [RegExp, string | ((...found: string[]) => string)])[] => [
  [/\b(\d{1,3}(?:,\d{3})+)\b/g, (all) => ` ${spellCardinal(all.replaceAll(',', ''))} `],
  [/\$\s*(\d+)(?:\.(\d\d))?\b/g, (_all, whole, cents) => money(whole, cents)],
  [/\b(\d{1,2}):(\d\d)\b/g, (_all, hour = '', minute = '') => clockTime(hour, minute)],
  [/\b(\d+)(?:st|nd|rd|th)\b/g, (_all, digits = '') => ` ${spellOrdinal(digits)} `],
  [
    /\b(\d+)\.(\d+)\b/g,
    (_all, whole = '', fraction = '') => ` ${spellWhole(whole)} point ${spellDigits(fraction)} `,
  ],
  [/\d+/g, (digits) => ` ${spellFigure(digits, reading)} `],
  [/\bo(?:'| |' )clock\b/g, 'oclock'],
  [/\bo\.k\b\.?/g, 'okay'],
  [/%/g, ' percent '],
  [/&/g, ' and '],
  [/@/g, ' at '],
  [/\*/g, ' star '],
  [/\bwon't\b/g, 'will not'],
  [/\b(?:can't|cannot)\b/g, 'can not'],
  [/n't\b/g, ' not'],
  [/\blet's\b/g, 'let us'],
  [/\b(it|that|what|here|there|he|she|who|where|how)'s\b/g, '$1 is'],
  [/'re\b/g, ' are'],
  [/'m\b/g, ' am'],
  [/'ll\b/g, ' will'],
  [/'ve\b/g, ' have'],
  [/'d\b/g, ' would'],
  [/'/g, ''],
  [/[^\p{L}\p{N}]+/gu, ' '],
];

/** One way of writing for words that have two, whole words only, after all else. */
const variants: ReadonlyMap<string, string> = new Map([
  ['ok', 'okay'],
  ['mr', 'mister'],
  ['mrs', 'missus'],
  ['dr', 'doctor'],
  ['canceled', 'cancelled'],
  ['canceling', 'cancelling'],
  ['traveled', 'travelled'],
  ['traveling', 'travelling'],
  ['color', 'colour'],
  ['colors', 'colours'],
  ['favor', 'favour'],
  ['favorite', 'favourite'],
  ['honor', 'honour'],
  ['labor', 'labour'],
  ['neighbor', 'neighbour'],
  ['center', 'centre'],
  ['gray', 'grey'],
  ['license', 'licence'],
  ['program', 'programme'],
  ['programs', 'programmes'],
  ['organise', 'organize'],
  ['recognise', 'recognize'],
  ['realise', 'realize'],
  ['apologise', 'apologize'],
  ['authorise', 'authorize'],
  ['authorised', 'authorized'],
]);

/** The words of a text as they are counted: without case, punctuation, digits and contractions. */
export function normalisedWords(text: string, reading: FigureReading = 'usual'): string[] {
  const lower = text.normalize('NFKC').toLowerCase().replaceAll(/[‘’`]/g, "'");
  const spelled = spellings(reading).reduce(
    (current, [pattern, replacement]) =>
      typeof replacement === 'string'
        ? current.replaceAll(pattern, replacement)
        : current.replaceAll(pattern, replacement),
    lower,
  );
  const found = spelled.split(' ').filter((word) => word !== '');
  const words = found.filter((_, index) => !isAndWithinNumber(found, index));
  return words.map((word, index) =>
    (word === 'oh' || word === 'o') && besideNumber(words, index) ? 'zero' : (variants.get(word) ?? word),
  );
}

/** Up to three digits, and whole thousands, are a number; the rest is read digit by digit, as are leading zeros. */
function spellWhole(digits: string): string {
  const isNumber = digits.length <= 3 || /^\d000$/.test(digits);
  return isNumber && (digits.length === 1 || !digits.startsWith('0'))
    ? spellCardinal(digits)
    : spellDigits(digits);
}

function spellFigure(digits: string, reading: FigureReading): string {
  if (reading === 'usual' || digits.length < 3 || digits.startsWith('0')) return spellWhole(digits);
  if (reading === 'digits' || digits.length > 4 || digits.endsWith('00')) return spellDigits(digits);
  const last = digits.slice(-2);
  return `${spellCardinal(digits.slice(0, -2))} ${last.startsWith('0') ? spellDigits(last) : spellCardinal(last)}`;
}

function money(dollars = '', cents?: string): string {
  const spelled = ` ${spellCardinal(dollars)} dollars `;
  return cents === undefined || cents === '00' ? spelled : `${spelled}and ${spellCardinal(cents)} cents `;
}

function clockTime(hour: string, minute: string): string {
  return minute === '00' ? ` ${spellCardinal(hour)} ` : ` ${spellCardinal(hour)} ${spellWhole(minute)} `;
}

/** As in "two hundred and five", which others write without. */
function isAndWithinNumber(words: readonly string[], index: number): boolean {
  const before = words[index - 1] ?? '';
  return (
    words[index] === 'and' &&
    (before === 'hundred' || before === 'thousand') &&
    numberWords.has(words[index + 1] ?? '')
  );
}

/** As in "four oh five" and "four oh"; an exclamation has other words behind it. */
function besideNumber(words: readonly string[], index: number): boolean {
  const next = words[index + 1];
  return numberWords.has(next ?? words[index - 1] ?? '');
}
