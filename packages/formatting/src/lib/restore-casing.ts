import { CASED_NAMES } from './cased-names.ts';
import type { Edit } from './edits.ts';
import { words } from './number-words.ts';
import { isAbbreviation } from './repair-punctuation.ts';
import { following, wordAfter, wordBefore, type Token } from './tokenize.ts';

const PRONOUN = /^i(?:['\u2019](?:m|ll|ve|d))?$/;
const SPELLED_LETTERS_MIN = 3;
const BEFORE_MONTH = words('in of since until last next early late mid');

/** Edits that give sentence starts, "I" and certain names their capitals; nothing else is recased. */
export function restoreCasing(tokens: readonly Token[], text: string): Edit[] {
  const edits: Edit[] = [];
  const spelled = spelledLetters(tokens);
  let opensSentence = true;
  for (const [at, token] of tokens.entries()) {
    const { start, end } = token;
    if (token.kind === 'word') {
      const raw = text.slice(start, end);
      const cased = spelled.has(at) ? raw.toUpperCase() : casedWord(tokens, at, raw, opensSentence);
      if (cased !== raw && cased.length === raw.length) edits.push({ start, end, replacement: cased });
    }
    const isOpening = token.kind === 'mark' && at === 0;
    if (!isOpening) opensSentence = closesSentence(token);
  }
  return edits;
}

function closesSentence(token: Token): boolean {
  const marks = token.kind === 'mask' || token.kind === 'mark' ? token.text : token.trail;
  if (token.hyphenAfter || /(?:\.\.\.|\u2026)["\u201d)]*$/.test(marks)) return false;
  if (!/[.?!]["\u201d\u2019)]*$/.test(marks)) return false;
  const isShortened =
    /^\.["\u201d\u2019)]*$/.test(marks) && (isAbbreviation(token) || /^\p{L}$/u.test(token.text));
  return !isShortened;
}

function casedWord(tokens: readonly Token[], at: number, raw: string, opensSentence: boolean): string {
  const token = tokens[at];
  if (token === undefined || token.text !== raw) return raw;
  const name =
    token.hyphenBefore || token.hyphenAfter ? undefined : CASED_NAMES.get(raw.replace(/['\u2019]s$/, ''));
  if (name !== undefined) return name + raw.slice(name.length);
  if (PRONOUN.test(raw) && !isLetter(tokens, at)) return capitalize(raw);
  if ((raw === 'may' || raw === 'march') && isMonth(tokens, at)) return capitalize(raw);
  if (raw === 'pin' && /^(?:number|numbers|code)$/.test(wordAfter(tokens, at))) return 'PIN';
  return opensSentence ? capitalize(raw) : raw;
}

function capitalize(word: string): string {
  const first = word.charAt(0).toUpperCase();
  return first.length === 1 ? first + word.slice(1) : word;
}

/** "i" among spelled letters, or in "i as in ice". */
function isLetter(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token?.text !== 'i') return false;
  if (token.hyphenBefore || token.hyphenAfter) return true;
  const [before, after] = [wordBefore(tokens, at), wordAfter(tokens, at)];
  return /^[b-z]$/.test(before) || /^[b-z]$/.test(after) || (after === 'as' && tokens[at + 2]?.text === 'in');
}

function isMonth(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.hyphenBefore === true || tokens[at]?.hyphenAfter === true) return false;
  const after = tokens[following(tokens, at)]?.text ?? '';
  if (/^(?:[0-9]{1,2}(?:st|nd|rd|th)?|(?:19|20)[0-9]{2})$/.test(after)) return true;
  return BEFORE_MONTH.has(wordBefore(tokens, at));
}

/** Three or more letters in a row: "j o h n". */
function spelledLetters(tokens: readonly Token[]): ReadonlySet<number> {
  const found = new Set<number>();
  let from = 0;
  for (let at = 0; at <= tokens.length; at += 1) {
    const isLetter = /^[a-z]$/.test(tokens[at]?.text ?? '') && tokens[at]?.kind === 'word';
    if (isLetter && (at === from || following(tokens, at - 1) === at)) continue;
    if (at - from >= SPELLED_LETTERS_MIN) for (let letter = from; letter < at; letter += 1) found.add(letter);
    from = isLetter ? at : at + 1;
  }
  return found;
}
