import { readDigitElement, type DigitElement, type DigitGroup } from './digit-element.ts';
import { words, ZERO_LETTERS } from './number-words.ts';
import { phoneNumber } from './phone-number.ts';
import { beginsNumber } from './read-cardinal.ts';
import { readingOf, type Reading } from './reading.ts';
import { following, wordAfter, wordBefore, type Token } from './tokenize.ts';

const ELEMENTS_MAX = 64;
const DIGITS_MIN = 4;
/** "room two oh four", "the area code is four one five" */
const ANNOUNCED_DIGITS_MIN = 3;
const ANNOUNCES_DIGITS = words('code extension ext room suite apartment unit flight gate route highway dial');
/** Beside a written number a short stretch may be a count: "in 2024 one two". */
const LONG_DIGITS_MIN = 8;
const LONG_STRETCH_MIN = 3;
const NUMBERS_AFTER = words(
  'hundred thousand million billion point dollar dollars cents percent hundredth thousandth halves thirds quarters',
);
/** After "one" these make it a word again: "four five six seven, one moment". */
const AFTER_ONE = words('moment second more of thing time person day minute');

/**
 * Reads a number given digit by digit: four or more digits. Groups parted by commas or full stops stay parted, except
 * in a phone number and where every digit stands alone ("4, 1, 5, 5").
 */
export function readDigits(tokens: readonly Token[], at: number): Reading | undefined {
  const all = collectGroups(tokens, at);
  const phone = phoneNumber(tokens, at, all);
  const lastElement = all.at(-1)?.elements.at(-1);
  if (phone !== undefined && lastElement !== undefined) {
    return readingOf(tokens, at, lastElement.last, phone);
  }
  const groups = withoutPairs(all);
  const last = groups.at(-1)?.elements.at(-1)?.last;
  const digits = groups.flatMap(({ elements }) => elements.map((element) => element.digits)).join('');
  const digitsMin = isAnnounced(tokens, at) ? ANNOUNCED_DIGITS_MIN : DIGITS_MIN;
  if (last === undefined || digits.length < digitsMin) return undefined;
  if (!groups.some(({ elements }) => elements.some(({ kind }) => kind === 'digit'))) return undefined;
  if (NUMBERS_AFTER.has(wordAfter(tokens, last))) return { last, edits: [] };
  if (groups.length > 1 && groups.every(isSingle)) {
    return isList(tokens, last) ? { last, edits: [] } : readingOf(tokens, at, last, digits);
  }
  const stretchMin = digits.length < LONG_DIGITS_MIN ? LONG_STRETCH_MIN : 2;
  return { last, edits: groups.flatMap((group) => joinDigits(tokens, group, stretchMin)) };
}

function isAnnounced(tokens: readonly Token[], at: number): boolean {
  const before = wordBefore(tokens, at);
  return ANNOUNCES_DIGITS.has(before === 'is' ? wordBefore(tokens, at - 1) : before);
}

function collectGroups(tokens: readonly Token[], at: number): DigitGroup[] {
  const groups: DigitGroup[] = [];
  let group: DigitGroup = { elements: [] };
  let next = at;
  for (let count = 0; count < ELEMENTS_MAX; count += 1) {
    const element = readDigitElement(tokens, next, count > 0);
    if (element === undefined) break;
    const isWord = tokens[element.first]?.text === 'one' && AFTER_ONE.has(wordAfter(tokens, element.last));
    if (isWord && count > 0) break;
    if (group.elements.length === 0) groups.push(group);
    group.elements.push(element);
    const flowing = following(tokens, element.last);
    if (flowing === -1) group = { elements: [] };
    next = flowing === -1 ? acrossPause(tokens, element.last) : flowing;
    if (next === -1) break;
  }
  return groups;
}

function acrossPause(tokens: readonly Token[], at: number): number {
  const [token, next] = [tokens[at], tokens[at + 1]];
  if (token === undefined || next === undefined || next.kind === 'mask') return -1;
  return /^(?:,|\.|\.\.\.|\u2026)$/.test(token.trail) && next.lead === '' && !next.opensLine ? at + 1 : -1;
}

/** The groups up to the first with a number of two or more digits said at once: which digits it means is unsure. */
function withoutPairs(groups: readonly DigitGroup[]): readonly DigitGroup[] {
  const pairAt = groups.findIndex(({ elements }) => elements.some(({ kind }) => kind === 'spoken'));
  return pairAt === -1 ? groups : groups.slice(0, pairAt);
}

function isSingle({ elements }: DigitGroup): boolean {
  return elements.length === 1 && elements[0]?.digits.length === 1;
}

/** "press one, two, three, four, or five" */
function isList(tokens: readonly Token[], last: number): boolean {
  const next = tokens[last + 1]?.text;
  return (next === 'and' || next === 'or') && beginsNumber(tokens, last + 2);
}

/** One edit for each stretch of digits; "4111 one one one one" keeps its space. */
function joinDigits(
  tokens: readonly Token[],
  { elements }: DigitGroup,
  stretchMin: number,
): Reading['edits'] {
  const isWhole = elements.every(({ kind }) => kind === 'digit');
  const stretches: DigitElement[][] = [];
  let isOpen = false;
  for (const element of elements) {
    const stretch = stretches.at(-1);
    if (element.kind === 'digit' && isOpen && stretch !== undefined) stretch.push(element);
    else if (element.kind === 'digit') stretches.push([element]);
    isOpen = element.kind === 'digit';
  }
  return stretches.flatMap((stretch) => {
    const [first, last] = [stretch[0], stretch.at(-1)];
    const digits = stretch.map((element) => element.digits).join('');
    if (first === undefined || last === undefined || digits.length < (isWhole ? 2 : stretchMin)) return [];
    return readingOf(tokens, first.first, last.last, digits).edits;
  });
}

/** Numbers that follow one another without a pause and mean nothing certain together: left as they stand. */
export function readUnsureRun(tokens: readonly Token[], at: number, last: number): Reading | undefined {
  let end = last;
  let next = following(tokens, end);
  while (beginsNumber(tokens, next) || isZeroBeforeDigit(tokens, next)) {
    end = next;
    next = following(tokens, end);
  }
  return end === last || end === at ? undefined : { last: end, edits: [] };
}

function isZeroBeforeDigit(tokens: readonly Token[], at: number): boolean {
  return ZERO_LETTERS.has(tokens[at]?.text ?? '') && beginsNumber(tokens, following(tokens, at));
}
