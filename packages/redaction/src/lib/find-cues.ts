import type { Cue, CueLabel } from './cue.ts';
import { CUE_PHRASES, type CuePhrase } from './cue-phrases.ts';
import { findSentCodes } from './find-sent-codes.ts';
import type { EntityName } from './entities.ts';
import type { Token } from './tokenize.ts';

const BY_FIRST_WORD = new Map<string, CuePhrase[]>();
for (const phrase of CUE_PHRASES.toSorted((a, b) => b.words.length - a.words.length)) {
  const [word = ''] = phrase.words;
  BY_FIRST_WORD.set(word, [...(BY_FIRST_WORD.get(word) ?? []), phrase]);
}

/** Says how much of a value, not of which: "the last three digits of your order number". */
const SHAPE_WORD = /^(?:last|final|first|three|3|four|4|five|5|six|6|seven|7|eight|8|ten|10)$/;
/** Says of which: "the four digit PIN on the account". */
const SECRET_WORD = /^(?:pin|passcode|social)$/;
const OF_WORDS: ReadonlySet<string> = new Set(
  'of for on from in your my the that this their a an'.split(' '),
);
const OF_WORDS_MAX = 4;

/** Finds cues in order, without overlap. A cue of an entity that nobody has masked labels a number as `other`. */
export function findCues(tokens: readonly Token[], entities: ReadonlySet<EntityName>): Cue[] {
  const cues: Cue[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    if (tokens[at]?.kind === 'masked') continue;
    const cue = readLongest(tokens, at);
    if (cue === undefined) continue;
    const off = isOff(cue.label, entities);
    cues.push(off ? { ...cue, label: explainsNothing(tokens, cue) ? 'none' : 'other' } : cue);
    at = cue.last;
  }
  const named = nameShapes(tokens, cues);
  return entities.has('PIN') ? findSentCodes(tokens, named) : named;
}

function isOff(label: CueLabel, entities: ReadonlySet<string>): boolean {
  return label !== 'other' && label !== 'last-four' && label !== 'none' && !entities.has(label);
}

/** "The PIN is my birthday, 0412": what it is taken from names no other number. */
function explainsNothing(tokens: readonly Token[], { label, first, last }: Cue): boolean {
  if (label === 'NAME') return true;
  return (
    first === last && wordAt(tokens, first).startsWith('birthday') && wordAt(tokens, first - 1) !== 'your'
  );
}

/** A phrase that begins inside another and goes on beyond it says more: "the code on the back" is no "the code". */
function readLongest(tokens: readonly Token[], at: number): Cue | undefined {
  const cue = readCue(tokens, at);
  // "The group number on the card" is named already.
  if (cue === undefined || (cue.label === 'other' && !cue.weak && cue.last > cue.first)) return cue;
  for (let inside = at + 1; inside <= cue.last; inside += 1) {
    const other = readCue(tokens, inside);
    if (other !== undefined && other.last > cue.last) return other;
  }
  return cue;
}

function readCue(tokens: readonly Token[], at: number): Cue | undefined {
  const word = wordAt(tokens, at);
  const cue = readPhrase(tokens, at, word);
  return cue === undefined && word.endsWith("'s") ? readPhrase(tokens, at, word.slice(0, -2)) : cue;
}

function readPhrase(tokens: readonly Token[], at: number, firstWord: string): Cue | undefined {
  for (const phrase of BY_FIRST_WORD.get(firstWord) ?? []) {
    const last = matchWords(tokens, at, phrase.words);
    if (last !== undefined) return { label: phrase.label, weak: phrase.weak, first: at, last };
  }
  return undefined;
}

/** Dots and hyphens inside a phrase are passed over: "C.V.V.", "one-time code", "pass-code". */
function matchWords(tokens: readonly Token[], at: number, words: readonly string[]): number | undefined {
  let next = at;
  for (const [i, word] of words.entries()) {
    while (i > 0 && isDotOrHyphen(tokens[next]?.text)) next += 1;
    const text = tokens[next]?.text;
    // "The gate code's 8430".
    if (text !== word && !(i === words.length - 1 && text === `${word}'s`)) return undefined;
    next += 1;
  }
  return next - 1;
}

function isDotOrHyphen(text: string | undefined): boolean {
  return text === '.' || text === '-';
}

function wordAt(tokens: readonly Token[], at: number): string {
  return tokens[at]?.text ?? '';
}

function nameShapes(tokens: readonly Token[], cues: readonly Cue[]): Cue[] {
  return cues.map((cue, i) => {
    const named = cues[i + 1];
    const isShape =
      cue.label !== 'last-four' &&
      SHAPE_WORD.test(wordAt(tokens, cue.first)) &&
      !SECRET_WORD.test(wordAt(tokens, cue.last));
    if (named === undefined || isWeakEntity(named) || !isShape || named.first - cue.last > OF_WORDS_MAX)
      return cue;
    for (let at = cue.last + 1; at < named.first; at += 1) {
      if (!OF_WORDS.has(tokens[at]?.text ?? '')) return cue;
    }
    return named.label === 'none' || named.label === 'last-four' ? cue : { ...cue, label: named.label };
  });
}

function isWeakEntity({ label, weak }: Cue): boolean {
  return weak && label !== 'other';
}
