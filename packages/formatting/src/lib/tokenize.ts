/**
 * `number`: digits, with or without thousands marks and a decimal part. `mask`: holds a `#` or is a label in square
 * brackets. `mark`: sentence marks with white space around. `other`: anything that is left as it stands.
 */
export type TokenKind = 'word' | 'number' | 'mask' | 'mark' | 'other';

/** What stands between two white spaces, or a part of it between two hyphens. */
export interface Token {
  readonly kind: TokenKind;
  /** Lower case, without the marks around it. */
  readonly text: string;
  /** UTF-16 offsets of the same. */
  readonly start: number;
  readonly end: number;
  /** Marks that touch it in front and behind. */
  readonly lead: string;
  readonly trail: string;
  /** Joined by a hyphen to the token before or after. */
  readonly hyphenBefore: boolean;
  readonly hyphenAfter: boolean;
  /** First of its line. */
  readonly opensLine: boolean;
}

const TRAILING = new Set('.,?!;:)"\u201d\u2019\u2026');
const LEADING = new Set('("\u201c\u2018\u00bf\u00a1');
const ASCII_WORD = /^[a-z]+(?:'[a-z]+)*$/;
const WORD = /^[\p{L}\p{M}]+(?:['\u2019][\p{L}\p{M}]+)*$/u;
const NUMBER = /^(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?$/;
const MARKS = /^[.,?!;:\u2026]+$/;
/** "4-1-5"; two digits may be a range. */
const SPELLED_DIGITS = /^[0-9](?:-[0-9]){2,}$/;
const LABEL = /^\[[A-Z_]+\]/;

export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let from = 0;
  for (const match of text.matchAll(/\S+/g)) {
    const opensLine = text.slice(from, match.index).includes('\n');
    from = match.index + match[0].length;
    pushCluster(tokens, match[0], match.index, opensLine);
  }
  return tokens;
}

function pushCluster(tokens: Token[], cluster: string, at: number, opensLine: boolean): void {
  const whole = { text: cluster, start: at, end: at + cluster.length, lead: '', trail: '', opensLine };
  const plain = { ...whole, hyphenBefore: false, hyphenAfter: false };
  if (cluster.includes('#') || LABEL.test(cluster)) {
    tokens.push({ ...plain, kind: 'mask' });
    return;
  }
  if (MARKS.test(cluster)) {
    tokens.push({ ...plain, kind: 'mark' });
    return;
  }
  let [from, to] = [0, cluster.length];
  while (from < to && LEADING.has(cluster.charAt(from))) from += 1;
  while (to > from && TRAILING.has(cluster.charAt(to - 1))) to -= 1;
  if (from === to) {
    tokens.push({ ...plain, kind: 'other' });
    return;
  }
  const [lead, trail] = [cluster.slice(0, from), cluster.slice(to)];
  const core = cluster.slice(from, to).toLowerCase();
  const kind = kindOf(core);
  const start = at + from;
  if (kind === 'other' && core.includes('-') && core.length === to - from) {
    const parts = core.split('-');
    if (SPELLED_DIGITS.test(core) || parts.every((part) => isWord(part))) {
      pushParts(tokens, parts, { start, lead, trail, opensLine });
      return;
    }
  }
  tokens.push({ ...plain, kind, text: core, start, end: at + to, lead, trail });
}

/** "twenty-three", "4-1-5": a token for each part. */
function pushParts(
  tokens: Token[],
  parts: readonly string[],
  { start, lead, trail, opensLine }: Pick<Token, 'start' | 'lead' | 'trail' | 'opensLine'>,
): void {
  let at = start;
  for (const [i, part] of parts.entries()) {
    const [first, last] = [i === 0, i === parts.length - 1];
    tokens.push({
      kind: kindOf(part),
      text: part,
      start: at,
      end: at + part.length,
      lead: first ? lead : '',
      trail: last ? trail : '',
      hyphenBefore: !first,
      hyphenAfter: !last,
      opensLine: first && opensLine,
    });
    at += part.length + 1;
  }
}

function isWord(text: string): boolean {
  return ASCII_WORD.test(text) || WORD.test(text);
}

function kindOf(core: string): TokenKind {
  if (isWord(core)) return 'word';
  return NUMBER.test(core) ? 'number' : 'other';
}

/** The index of the token that follows with nothing but space or a hyphen between, or -1. */
export function following(tokens: readonly Token[], at: number): number {
  const [token, next] = [tokens[at], tokens[at + 1]];
  if (token === undefined || next === undefined) return -1;
  const flows = token.trail === '' && next.lead === '' && !next.opensLine;
  return flows && token.kind !== 'mask' && next.kind !== 'mask' ? at + 1 : -1;
}

/** The text of the token `count` places on, nothing but spaces between; otherwise empty. */
export function wordAfter(tokens: readonly Token[], at: number): string {
  return tokens[following(tokens, at)]?.text ?? '';
}

/** The text of the token before, nothing but space between; otherwise empty. */
export function wordBefore(tokens: readonly Token[], at: number): string {
  return at > 0 && following(tokens, at - 1) === at ? (tokens[at - 1]?.text ?? '') : '';
}
