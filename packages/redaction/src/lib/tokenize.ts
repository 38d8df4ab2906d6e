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

// Every alternative begins with another class of character, so the scan is linear.
/** An entity or the name of a custom rule. */
const LABEL = `\\[[A-Z][A-Z0-9_]{0,63}\\]`;
const SCANNER = new RegExp(
  `(?<space>\\s+)|(?<masked>#+(?![#\\p{Nd}])|${LABEL})|(?<number>\\p{Nd}+)|` +
    `(?<word>[\\p{L}\\p{M}]+(?:['\u2019][\\p{L}\\p{M}]+)*)|(?<mark>[^])`,
  'gu',
);

export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let spaced = true;
  for (const match of text.matchAll(SCANNER)) {
    const start = match.index;
    const end = start + match[0].length;
    const kind = kindOf(match.groups);
    if (kind !== undefined) tokens.push({ kind, text: normalize(kind, match[0]), start, end, spaced });
    spaced = kind === undefined;
  }
  return tokens;
}

function kindOf(groups: Readonly<Record<string, string | undefined>> | undefined): TokenKind | undefined {
  if (groups?.['word'] !== undefined) return 'word';
  if (groups?.['number'] !== undefined) return 'number';
  if (groups?.['masked'] !== undefined) return 'masked';
  return groups?.['space'] === undefined ? 'mark' : undefined;
}

function normalize(kind: TokenKind, raw: string): string {
  if (kind === 'word') return raw.toLowerCase().replaceAll('\u2019', "'");
  // A digit of another script counts as one digit of unknown value: enough to mask it.
  if (kind === 'number') return raw.normalize('NFKC').replaceAll(/[^0-9]/gu, '0');
  return raw;
}
