/** `masked` is a mask of ours already in the text: it stands for a value, so nothing after it is taken for one. */
export type TokenKind = 'word' | 'number' | 'masked' | 'mark';

export interface Token {
  readonly kind: TokenKind;
  /** Lower case, with a straight apostrophe; digits of a number as 0-9. */
  readonly text: string;
  /** UTF-16 offsets into the turn. */
  readonly start: number;
  readonly end: number;
  /** Whether white space or the start of the turn comes before. */
  readonly spaced: boolean;
}

type CharacterClass = 'letter' | 'digit' | 'space' | 'mark';

/** An entity or the name of a custom rule. */
const LABEL = /\[[A-Z][A-Z0-9_]{0,63}\]/y;
const ASCII_MAX = 127;

/** Cuts a turn into words, numbers, masks and single marks. One pass, each character looked at a bounded number of times. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let spaced = true;
  let at = 0;
  while (at < text.length) {
    const start = at;
    const found = classAt(text, start) ?? 'mark';
    if (found === 'space') {
      at += 1;
      spaced = true;
      continue;
    }
    const kind =
      found === 'letter' ? 'word' : found === 'digit' ? 'number' : maskEnd(text, at) > at ? 'masked' : 'mark';
    at = kind === 'masked' ? maskEnd(text, at) : endOf(text, at, found);
    tokens.push({ kind, text: normalize(kind, text.slice(start, at)), start, end: at, spaced });
    spaced = false;
  }
  return tokens;
}

function endOf(text: string, start: number, found: CharacterClass): number {
  let at = start + widthAt(text, start);
  if (found === 'mark') return at;
  for (; at < text.length; at += widthAt(text, at)) {
    if (classAt(text, at) === found) continue;
    const inside = found === 'letter' && isApostrophe(text, at) && classAt(text, at + 1) === 'letter';
    if (!inside) break;
  }
  return at;
}

/** The end of the mask that starts here; the start itself when none does. "#5" is a sign and a number. */
function maskEnd(text: string, start: number): number {
  const character = text[start];
  if (character === '[') {
    LABEL.lastIndex = start;
    return LABEL.test(text) ? LABEL.lastIndex : start;
  }
  if (character !== '#') return start;
  if (text[start - 1] === '#') return start;
  let at = start;
  while (text[at] === '#') at += 1;
  return classAt(text, at) === 'digit' ? start : at;
}

function classAt(text: string, at: number): CharacterClass | undefined {
  const code = text.codePointAt(at);
  if (code === undefined) return undefined;
  if (code <= ASCII_MAX) return ASCII[code];
  const character = String.fromCodePoint(code);
  if (/^[\p{L}\p{M}]/u.test(character)) return 'letter';
  if (/^\p{Nd}/u.test(character)) return 'digit';
  return /^\s/u.test(character) ? 'space' : 'mark';
}

const ASCII: readonly CharacterClass[] = Array.from({ length: ASCII_MAX + 1 }, (_, code) => {
  const character = String.fromCodePoint(code);
  if (/[a-z]/i.test(character)) return 'letter';
  if (/[0-9]/.test(character)) return 'digit';
  return /\s/.test(character) ? 'space' : 'mark';
});

function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xff_ff ? 2 : 1;
}

function isApostrophe(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x27 || code === 0x20_19;
}

function normalize(kind: TokenKind, raw: string): string {
  if (kind === 'word') return raw.toLowerCase().replaceAll('\u2019', "'");
  if (kind !== 'number' || /^[0-9]+$/.test(raw)) return raw;
  // A digit of another script counts as one digit of unknown value: enough to mask it.
  return raw.normalize('NFKC').replaceAll(/[^0-9]/gu, '0');
}
