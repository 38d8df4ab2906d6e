import { COPULAS } from './cue-phrases.ts';
import type { Cue } from './find-cues.ts';
import { FILLERS } from './number-words.ts';
import type { Turn } from './read-turn.ts';
import type { RedactionState } from './state.ts';
import type { Token } from './tokenize.ts';

/** Token indexes of a spoken password, `last` included. */
export interface PasswordSpan {
  readonly first: number;
  readonly last: number;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const WORDS_BEFORE_COPULA_MAX = 6;
const VALUE_TOKENS_MAX = 24;
const ANSWER_WORDS_MAX = 8;

/** Said of a password instead of its value: "my password is not working". */
const PREDICATES = words(
  "not no isn't never wrong incorrect invalid expired locked reset blocked required needed correct right fine working " +
    'the too being case still now already different same also on in at for to going supposed something there here what ' +
    'hidden saved stored sent strong weak secure protected ok okay good bad great important it i you we they a an ' +
    'about gone lost forgotten accepted rejected case-sensitive missing empty blank changed updated old new when how ' +
    'why if because that this my your',
);
const LEAD_INS = words(
  "yes yeah yep sure well so it's its that's it is that would be the my password alright actually just",
);
const NO_ANSWER = words(
  "i i'm i'll i've can could what what's how why do does wait hold let sorry no not one don't didn't haven't just which " +
    'is are when where who hello hi thanks thank please maybe you we they he she there',
);
const STOPS = words(
  'but can could would because which if when i it do does did is you please thanks thank okay though sir ' +
    "ma'am right i'm it's that's what how",
);
const AFTER_AND = words("my i the it then can you what that that's it's when if");

/** Finds passwords that are said as words: after a cue with a verb, or as the answer to a question for one. */
export function findPasswords(turn: Turn, state: RedactionState): PasswordSpan[] {
  const spans = turn.cues
    .filter(({ label }) => label === 'PASSWORD')
    .map((cue) => valueAfterCue(turn, cue))
    .filter((span) => span !== undefined);
  if (spans.length > 0 || turn.cues.some(({ label }) => label === 'PASSWORD')) return spans;
  const expected = state.expectations.some(
    ({ entity, asker, weak }) =>
      entity === 'PASSWORD' && !weak && (asker === 'anyone' || asker !== turn.role),
  );
  const answer = expected ? answerOf(turn) : undefined;
  return answer === undefined ? [] : [answer];
}

function valueAfterCue({ tokens, cues }: Turn, cue: Cue): PasswordSpan | undefined {
  let at = cue.last + 1;
  for (let passed = 0; !COPULAS.has(tokens[at]?.text ?? ''); at += 1, passed += 1) {
    const token = tokens[at];
    if (passed >= WORDS_BEFORE_COPULA_MAX || token?.kind !== 'word') return looksCoded(tokens, cue.last + 1);
  }
  while (COPULAS.has(tokens[at]?.text ?? '') || FILLERS.has(tokens[at]?.text ?? '')) at += 1;
  const first = tokens[at];
  if (first === undefined || first.kind === 'masked' || PREDICATES.has(first.text)) return undefined;
  if (cues.some((other) => other.first === at && other.label === 'other')) return undefined;
  return spanFrom(tokens, at);
}

/** "password Blue42x": without a verb only what mixes letters and digits is a value. */
function looksCoded(tokens: readonly Token[], at: number): PasswordSpan | undefined {
  const end = chunkEnd(tokens, at);
  const chunk = tokens.slice(at, end + 1);
  const mixed = chunk.some(({ kind }) => kind === 'number') && chunk.some(({ kind }) => kind === 'word');
  return mixed ? { first: at, last: end } : undefined;
}

function answerOf({ tokens }: Turn): PasswordSpan | undefined {
  let at = 0;
  while (LEAD_INS.has(tokens[at]?.text ?? '') || isSkipped(tokens[at])) at += 1;
  const first = tokens[at];
  if (
    first === undefined ||
    first.kind === 'masked' ||
    NO_ANSWER.has(first.text) ||
    PREDICATES.has(first.text)
  ) {
    return undefined;
  }
  if (tokens.some(({ text }) => text === '?')) return undefined;
  const span = spanFrom(tokens, at);
  const wordCount = tokens.slice(span.first, span.last + 1).filter(({ spaced }) => spaced).length;
  return wordCount <= ANSWER_WORDS_MAX ? span : undefined;
}

function isSkipped(token: Token | undefined): boolean {
  return token !== undefined && (FILLERS.has(token.text) || /^[,.:]$/.test(token.text));
}

/** From the first token of the value to its end: a stop word, the end of the sentence, or the limit. */
function spanFrom(tokens: readonly Token[], first: number): PasswordSpan {
  let last = first;
  for (let at = first; at < tokens.length && at - first < VALUE_TOKENS_MAX; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.kind === 'masked' || (at > first && endsValue(tokens, at))) break;
    if (token.kind !== 'mark') last = at;
  }
  return { first, last };
}

function endsValue(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (token === undefined) return true;
  if (token.text === 'and') return next === undefined || AFTER_AND.has(next.text);
  if (token.kind === 'word') return token.spaced && STOPS.has(token.text);
  // A dot after one letter spells ("b. l. u. e."); any other before a space ends the sentence.
  const spelled = tokens[at - 1]?.kind === 'word' && (tokens[at - 1]?.text.length ?? 0) === 1;
  return /^[.!?;]$/.test(token.text) && (next === undefined || next.spaced) && !spelled;
}

function chunkEnd(tokens: readonly Token[], at: number): number {
  let end = at;
  while (tokens[end + 1]?.spaced === false && tokens[end + 1]?.kind !== 'mark') end += 1;
  return end;
}
