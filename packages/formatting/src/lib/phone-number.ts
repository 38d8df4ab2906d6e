import { words } from './number-words.ts';
import type { DigitGroup } from './digit-element.ts';
import type { Token } from './tokenize.ts';

const CUE_TOKENS_MAX = 10;
const PHONE_CUES = words(
  'phone phones cell cellphone mobile telephone call calling callback reach fax text dial contact landline',
);
const OTHER_CUES = words(
  'account accounts card order tracking confirmation reference routing social policy member membership case ticket ' +
    'serial code pin id zip invoice claim passport license',
);
/** Area code and exchange never begin with 0 or 1 (North American Numbering Plan). */
const NATIONAL = /^1?([2-9][0-9]{2})([2-9][0-9]{2})([0-9]{4})$/;
const LOCAL = /^([2-9][0-9]{2})([0-9]{4})$/;

/** The groups as a phone number, where their lengths or the words before say that they are one. */
export function phoneNumber(
  tokens: readonly Token[],
  at: number,
  groups: readonly DigitGroup[],
): string | undefined {
  const elements = groups.flatMap((group) => group.elements);
  if (elements.length < 2) return undefined;
  const digits = elements.map((element) => element.digits).join('');
  if (digits.length !== 7 && digits.length !== 10 && digits.length !== 11) return undefined;
  const cue = nearestCue(tokens, at);
  if (cue === 'other') return undefined;
  const isSpelled = elements.every(({ kind }) => kind === 'digit');
  const isTollFree = elements.some(({ digits: hundred }) => /^8(?:00|88|77|66|55|44|33)$/.test(hundred));
  const isList = cue === undefined && groups.length > 1 && elements.every(({ kind }) => kind === 'written');
  const isCertain =
    (isGrouped(groups) && !isList) ||
    (cue === 'phone' && (isSpelled || isTollFree)) ||
    isTollFreeNumber(groups);
  if (!isCertain) return undefined;
  if (digits.length === 7) return cue === 'phone' ? writeLocal(digits) : undefined;
  return writeNational(digits);
}

function writeLocal(digits: string): string | undefined {
  const parts = LOCAL.exec(digits);
  return parts === null ? undefined : `${parts[1]}-${parts[2]}`;
}

function writeNational(digits: string): string | undefined {
  const parts = NATIONAL.exec(digits);
  if (parts === null || (digits.length === 11) !== digits.startsWith('1')) return undefined;
  const national = `${parts[1]}-${parts[2]}-${parts[3]}`;
  return digits.length === 11 ? `1-${national}` : national;
}

/** 3-3-4, 1-3-3-4 or 3-4, by pauses or as written. */
function isGrouped(groups: readonly DigitGroup[]): boolean {
  return /^(?:1-)?3-3-4$|^3-4$/.test(groups.flatMap(lengthsOf).join('-'));
}

function lengthsOf({ elements }: DigitGroup): number[] {
  const lengths: number[] = [];
  let isOpen = false;
  for (const { kind, digits } of elements) {
    const before = kind !== 'written' && isOpen ? (lengths.pop() ?? 0) : 0;
    lengths.push(before + digits.length);
    isOpen = kind !== 'written';
  }
  return lengths;
}

/** "one eight hundred five five five oh one two three", the one left out or not */
function isTollFreeNumber(groups: readonly DigitGroup[]): boolean {
  const elements = groups.flatMap((group) => group.elements);
  const [hundred, ...rest] = elements[0]?.digits === '1' ? elements.slice(1) : elements;
  const isHead = hundred?.kind === 'spoken' && hundred.digits === '800';
  return isHead && rest.every(({ kind }) => kind === 'digit');
}

function nearestCue(tokens: readonly Token[], at: number): 'phone' | 'other' | undefined {
  for (let before = at - 1; before >= 0 && before >= at - CUE_TOKENS_MAX; before -= 1) {
    if (tokens[before]?.kind === 'mask') return undefined;
    const text = tokens[before]?.text ?? '';
    if (PHONE_CUES.has(text)) return 'phone';
    if (OTHER_CUES.has(text)) return 'other';
  }
  return undefined;
}
