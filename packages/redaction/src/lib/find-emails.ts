import { COPULAS } from './cue-phrases.ts';
import { FILLERS } from './number-words.ts';
import { NATO } from './password-words.ts';
import type { Turn } from './read-turn.ts';
import type { RedactionState } from './state.ts';
import type { Token } from './tokenize.ts';

interface TokenSpan {
  readonly first: number;
  readonly last: number;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const ENDINGS = words(
  'com net org edu gov io co uk us info biz me ca de fr au in it es tv app dev ai eu mil ie nz mx br jp nl',
);
/** Domains that are often said without their ending. */
const PROVIDERS = words(
  'gmail googlemail yahoo hotmail outlook icloud aol comcast verizon msn proton protonmail ymail att gmx mail me live example charter cox earthlink sbcglobal',
);
const SEPARATORS = words('dot . _ - underscore dash hyphen plus + period');
/** Before a local part, never in one. */
const STARTS = words(
  "is it's its that's thats it was are email e-mail address to at my me the and or so um uh yes yeah yep sure okay ok use send on under " +
    "would be for as i've have i'll actually just okay well no not oh a an that this sent emailed from with",
);
const LOCAL_TOKENS_MAX = 40;
const LOCAL_WORDS_MAX = 3;
const DOMAIN_TOKENS_MAX = 14;

/** Finds e-mail addresses, spoken ("john dot smith at example dot com") and written. */
export function findEmails(turn: Turn, state: RedactionState): TokenSpan[] {
  const { tokens } = turn;
  const spans: TokenSpan[] = [];
  for (let at = 1; at < tokens.length - 1; at += 1) {
    const text = tokens[at]?.text;
    if (text !== 'at' && text !== '@') continue;
    const last = domainEnd(tokens, at + 1, text === '@');
    if (last === undefined) continue;
    const first = localStart(tokens, at - 1, (spans.at(-1)?.last ?? -1) + 1);
    if (first === undefined) continue;
    spans.push({ first, last });
    at = last;
  }
  return spans.length > 0 ? spans : expectedPiece(turn, state);
}

/** The end of "example dot com", "g m a i l dot com", "gmail". */
function domainEnd(tokens: readonly Token[], from: number, written: boolean): number | undefined {
  for (let at = from; at < tokens.length && at - from < DOMAIN_TOKENS_MAX; at += 1) {
    const text = tokens[at]?.text ?? '';
    if (isDot(text) && at > from) {
      const ending = tokens[at + 1]?.text ?? '';
      if (ENDINGS.has(ending)) return furtherEnding(tokens, at + 1);
      if (tokens[at + 1]?.kind === undefined || /^[ap]$/.test(ending)) break;
    } else if (tokens[at]?.kind === 'mark' && text !== '-') break;
  }
  const word = tokens[from];
  if (word === undefined || word.kind === 'mark') return undefined;
  return PROVIDERS.has(word.text) || written ? from : undefined;
}

function isDot(text: string): boolean {
  return text === 'dot' || text === '.' || text === 'period';
}

/** "dot co dot uk". */
function furtherEnding(tokens: readonly Token[], at: number): number {
  return isDot(tokens[at + 1]?.text ?? '') && ENDINGS.has(tokens[at + 2]?.text ?? '') ? at + 2 : at;
}

function localStart(tokens: readonly Token[], last: number, floor: number): number | undefined {
  let first: number | undefined;
  let plainWords = 0;
  for (let at = last; at >= floor && last - at < LOCAL_TOKENS_MAX; at -= 1) {
    const token = tokens[at];
    if (token === undefined || token.kind === 'masked') break;
    const { text } = token;
    if (token.kind === 'mark' && !SEPARATORS.has(text) && text !== ',') break;
    const spelled = text.length === 1 || NATO.has(text) || /^(?:as|in|like)$/.test(text);
    const joined = SEPARATORS.has(text) || SEPARATORS.has(tokens[at + 1]?.text ?? '');
    if (token.kind === 'word' && !spelled && !joined) {
      if ((STARTS.has(text) || COPULAS.has(text) || FILLERS.has(text)) && at < last + 1) break;
      plainWords += 1;
      if (plainWords > LOCAL_WORDS_MAX) break;
    } else if (text === 'a' && (tokens[at + 1]?.text.length ?? 0) > 1) break;
    else if (STARTS.has(text) && text.length > 1 && text !== '.') break;
    if (text === '.' && token.kind === 'mark' && (tokens[at + 1]?.spaced ?? true)) break;
    if (token.kind !== 'mark') first = at;
  }
  return first;
}

/** The answer to a question for an address in pieces: "j o h n dot", "dot com". */
function expectedPiece({ tokens, role, digitsOnly }: Turn, state: RedactionState): TokenSpan[] {
  const expected = state.expectations.some(
    ({ entity, asker }) => entity === 'EMAIL' && (asker === 'anyone' || asker !== role),
  );
  if (!expected || digitsOnly) return [];
  let [first, last, parts] = [-1, -1, 0];
  for (const [at, token] of tokens.entries()) {
    const isPart =
      (token.kind === 'word' && token.text.length === 1 && token.text !== 'i') ||
      NATO.has(token.text) ||
      PROVIDERS.has(token.text) ||
      (SEPARATORS.has(token.text) && token.kind === 'word');
    if (!isPart) continue;
    parts += 1;
    if (first < 0) first = at;
    last = at;
  }
  return parts >= PIECE_PARTS_MIN ? [{ first, last }] : [];
}

const PIECE_PARTS_MIN = 2;
