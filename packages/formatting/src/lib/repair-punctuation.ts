import type { Edit } from './edits.ts';
import { words } from './number-words.ts';
import type { Token } from './tokenize.ts';

const ANYBODY = words(
  'i you we they he she it there that this anyone someone anybody somebody your my our the',
);
const SPEAKERS = words('i we');
const PERSONS = words('i you we they');
/** What has to follow the first word to make a question: "do it", "should you need help" and "may the" are none. */
const QUESTION_STARTS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...['can', 'could', 'would', 'will', 'did', 'does', 'is', 'are', 'was', 'were'].map(
    (word): [string, ReadonlySet<string>] => [word, ANYBODY],
  ),
  ['do', PERSONS],
  ['have', PERSONS],
  ['may', SPEAKERS],
  ['should', SPEAKERS],
  ['shall', SPEAKERS],
  ...['how', 'what', 'where', 'when', 'why', 'who'].map((word): [string, ReadonlySet<string>] => [
    word,
    words('is are was were do does did can could would should will much many long soon'),
  ]),
]);
/** "what's your name" */
const CONTRACTED_QUESTIONS = words("what's where's who's how's when's");
/** A comma behind no more words than these ends the turn; behind more of them the speaker goes on. */
const SHORT_TURN_WORDS = 3;
/** A turn that ends on one of these was cut in the middle of a sentence. */
const DANGLING = words('and or but because the a an my your our their of with from into than if');
const PLAIN_MARKS = /^[.,?!;:]+$/;

/** Edits that make doubled marks single, draw stray ones to their word, and close the last sentence. */
export function repairPunctuation(tokens: readonly Token[], text: string): Edit[] {
  const edits: Edit[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'mark') {
      const edit = drawToWord(tokens, at);
      if (edit !== undefined) edits.push(edit);
      continue;
    }
    if (token.kind === 'mask' || !PLAIN_MARKS.test(token.trail)) continue;
    const isFollowedByMark = tokens[at + 1]?.kind === 'mark';
    const wanted = isFollowedByMark ? token.trail : simplify(token.trail, isAbbreviation(token));
    const start = token.end;
    edits.push({ start, end: start + token.trail.length, replacement: wanted });
  }
  const final = closeSentence(tokens, text);
  return final === undefined ? edits : [...edits, final];
}

/** "a.m", "e.g": a full stop behind it belongs to it. */
export function isAbbreviation({ text }: Token): boolean {
  return /^\p{L}(?:\.\p{L})+$/u.test(text) || /^(?:mr|mrs|ms|dr|st|jr|sr|inc|vs|etc|ext|no)$/.test(text);
}

/** The one mark a row of them stands for; three full stops and "?!" are meant. */
function simplify(marks: string, afterAbbreviation: boolean): string {
  if (marks.length < 2 || /^(?:\.{3}|\?!|!\?)$/.test(marks)) return marks;
  if (/^\.{4,}$/.test(marks)) return '...';
  if (afterAbbreviation && /^\.[^.]/.test(marks)) return `.${simplify(marks.slice(1), false)}`;
  const strongest = ['?', '!', '.', ';', ':', ','].find((mark) => marks.includes(mark));
  return strongest ?? marks;
}

/** "hello , there ." */
function drawToWord(tokens: readonly Token[], at: number): Edit | undefined {
  const [before, mark] = [tokens[at - 1], tokens[at]];
  if (before === undefined || mark === undefined || mark.opensLine || mark.text.includes('\u2026'))
    return undefined;
  if (before.kind === 'mask' || before.kind === 'mark' || before.kind === 'other') return undefined;
  if (mark.text.startsWith('..')) return undefined;
  const start = before.end + before.trail.length;
  return { start, end: mark.start, replacement: '' };
}

function closeSentence(tokens: readonly Token[], text: string): Edit | undefined {
  const last = tokens.at(-1);
  if (last === undefined || last.kind === 'mark') return undefined;
  const end = last.end + last.trail.length;
  const ending = text.slice(last.start, end);
  if (last.kind === 'word' && DANGLING.has(last.text)) return undefined;
  if (last.trail === ',' && tokens.length <= SHORT_TURN_WORDS) {
    return { start: end - 1, end, replacement: finalMark(tokens) };
  }
  // A mask is closed as the word would be that it stands for.
  if (last.trail !== '' || !/[\p{Script=Latin}\p{M}0-9%#]$/u.test(ending)) return undefined;
  return { start: end, end, replacement: finalMark(tokens) };
}

function finalMark(tokens: readonly Token[]): string {
  const first = sentenceStart(tokens);
  const [opening, next] = [tokens[first], tokens[first + 1]];
  if (opening === undefined || next === undefined || opening.trail !== '') return '.';
  if (CONTRACTED_QUESTIONS.has(opening.text)) return '?';
  return QUESTION_STARTS.get(opening.text)?.has(next.text) === true ? '?' : '.';
}

function sentenceStart(tokens: readonly Token[]): number {
  for (let at = tokens.length - 2; at >= 0; at -= 1) {
    const token = tokens[at];
    if (
      token !== undefined &&
      /[.?!\u2026]/.test(token.kind === 'mask' || token.kind === 'mark' ? token.text : token.trail)
    ) {
      return at + 1;
    }
  }
  return 0;
}
