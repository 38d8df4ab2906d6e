import { FILLERS } from './number-words.ts';
import { GIVEN_NAMES, NAME_VERBS, NOT_NAMES } from './name-words.ts';
import { NATO } from './password-words.ts';
import type { Turn } from './read-turn.ts';
import type { RedactionState } from './state.ts';
import type { Token } from './tokenize.ts';
import type { FoundSpan } from './verdict.ts';

const NAME_WORDS_MAX = 4;
const ANSWER_WORDS_MAX = 8;
const SPELLED_TOKENS_MAX = 40;

/** Finds names after cues, in answers to a question for one, and given names of the list with the word after them. */
export function findNames(turn: Turn, state: RedactionState): FoundSpan[] {
  const { tokens, cues, role } = turn;
  const found: FoundSpan[] = [];
  for (const cue of cues) {
    if (cue.label !== 'NAME') continue;
    const verbAt = afterFillers(tokens, cue.last + 1);
    const verb = tokens[verbAt]?.text ?? '';
    const bare = tokens[cue.last]?.text === 'name' && !turn.asking && cue.first + 1 === cue.last;
    const opens = tokens[cue.last]?.text === 'is' || NAME_VERBS.has(verb) || bare;
    const at = NAME_VERBS.has(verb) ? afterFillers(tokens, verbAt + 1) : verbAt;
    const last = opens ? nameEnd(tokens, at) : undefined;
    if (last !== undefined) found.push({ entity: 'NAME', rule: 'cue', confidence: 0.7, first: at, last });
  }
  const expected = state.expectations.some(
    ({ entity, asker, digitCount }) =>
      entity === 'NAME' && digitCount === 0 && (asker === 'anyone' || asker !== role),
  );
  if (found.length === 0 && expected && !turn.backChannel && !turn.stalling) found.push(...answered(tokens));
  return [...found, ...listed(tokens)];
}

function answered(tokens: readonly Token[]): FoundSpan[] {
  let at = 0;
  while (
    /^(?:yes|yeah|yep|sure|it's|its|it|is|that's|thats|this|my|name|so|okay|oh|well|the|first|last|um|uh|,)$/.test(
      tokens[at]?.text ?? '',
    )
  )
    at += 1;
  const last = nameEnd(tokens, at);
  if (last === undefined || tokens.length > ANSWER_WORDS_MAX + SPELLED_TOKENS_MAX) return [];
  if (tokens.length - last > ANSWER_WORDS_MAX) return [];
  return [{ entity: 'NAME', rule: 'expected', confidence: 0.6, first: at, last }];
}

/** "john", "john smith", "mary o'neil s m i t h". */
function nameEnd(tokens: readonly Token[], first: number): number | undefined {
  let last: number | undefined;
  let wordCount = 0;
  for (let at = first; at < tokens.length && at - first < SPELLED_TOKENS_MAX; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.kind === 'number' || token.kind === 'masked') break;
    if (token.kind === 'mark') {
      if (/^[-.]$/.test(token.text) && !(tokens[at + 1]?.spaced ?? true)) continue;
      if (token.text === '.' && (tokens[at - 1]?.text.length ?? 0) <= 1) continue;
      break;
    }
    const spelled =
      token.text.length === 1 ||
      (wordCount > 0 && NATO.has(token.text)) ||
      (wordCount > 0 && /^(?:as|like|spelled|double)$/.test(token.text));
    if (!spelled) {
      if (NOT_NAMES.has(token.text) || FILLERS.has(token.text)) break;
      wordCount += 1;
      if (wordCount > NAME_WORDS_MAX) break;
    } else if (
      (token.text === 'i' || token.text === 'a') &&
      (tokens[at + 1]?.text.length ?? 0) !== 1 &&
      (tokens[at - 1]?.text.length ?? 0) !== 1
    )
      break;
    last = at;
  }
  return last;
}

function afterFillers(tokens: readonly Token[], from: number): number {
  let at = from;
  while (FILLERS.has(tokens[at]?.text ?? '')) at += 1;
  return at;
}

const GREETINGS: ReadonlySet<string> = new Set(
  "i'm im this is am with to hi hello thanks thank you mr mrs miss ms ma'am sir dear doctor dr for here's speaking named called it's its hey , by and".split(
    ' ',
  ),
);

/** "this is john", "thank you mary", "mr smith". */
function listed(tokens: readonly Token[]): FoundSpan[] {
  const found: FoundSpan[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const text = tokens[at]?.text ?? '';
    const titled = /^(?:mr|mrs|ms|miss|mister)$/.test(
      tokens[at - 1]?.text === '.' ? (tokens[at - 2]?.text ?? '') : (tokens[at - 1]?.text ?? ''),
    );
    const named = GIVEN_NAMES.has(text) && (at === 0 || GREETINGS.has(tokens[at - 1]?.text ?? ''));
    if (tokens[at]?.kind !== 'word' || !(named || (titled && !NOT_NAMES.has(text)))) continue;
    const family = tokens[at + 1];
    const hasFamily = named && family?.kind === 'word' && family.text.length > 2 && isFamily(tokens, at + 1);
    found.push({
      entity: 'NAME',
      rule: 'pattern',
      confidence: 0.5,
      first: at,
      last: hasFamily ? at + 1 : at,
    });
    if (hasFamily) at += 1;
  }
  return found;
}

/** The word after a given name belongs to it when the sentence ends there or goes on with a common word. */
function isFamily(tokens: readonly Token[], at: number): boolean {
  const text = tokens[at]?.text ?? '';
  if (NOT_NAMES.has(text) || FILLERS.has(text) || GREETINGS.has(text)) return false;
  const next = tokens[at + 1];
  return next === undefined || next.kind === 'mark' || NOT_NAMES.has(next.text) || /^[a-z]$/.test(next.text);
}
