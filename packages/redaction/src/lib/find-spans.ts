import type { EntityName } from './entities.ts';
import { findAddresses } from './find-addresses.ts';
import { findNamedDates } from './find-dates.ts';
import { findEmails } from './find-emails.ts';
import { findIds, ID_ENTITIES } from './find-ids.ts';
import { findNames } from './find-names.ts';
import { findPasswordShapes } from './find-password-shapes.ts';
import { findPasswords } from './find-passwords.ts';
import { findProfanity } from './find-profanity.ts';
import { findRepeats } from './find-repeats.ts';
import { findEchoSpans } from './plain-answers.ts';
import type { Turn } from './read-turn.ts';
import type { RedactionState } from './state.ts';
import type { FoundSpan, JudgedRun } from './verdict.ts';

interface TokenSpan {
  readonly first: number;
  readonly last: number;
}

/** Where each entity whose values are more than a run of digits is found. */
const FINDERS: readonly (readonly [
  EntityName,
  (turn: Turn, state: RedactionState) => readonly TokenSpan[],
  number,
])[] = [
  ['PASSWORD', findPasswords, 0.8],
  ['PASSWORD', findPasswordShapes, 0.6],
  ['EMAIL', findEmails, 0.9],
  ['DOB', (turn, state) => findNamedDates('DOB', turn, state), 0.8],
  ['CREDIT_CARD_EXPIRY', (turn, state) => findNamedDates('CREDIT_CARD_EXPIRY', turn, state), 0.8],
  ['ADDRESS', findAddresses, 0.7],
  ['PROFANITY', findProfanity, 0.9],
];

/** Values that are more than a run of digits. In order, without overlap. */
export function findSpans(turn: Turn, state: RedactionState, entities: ReadonlySet<EntityName>): FoundSpan[] {
  const found: FoundSpan[] = [];
  const isEcho = findEchoSpans(turn, state);
  for (const [entity, find, confidence] of FINDERS) {
    if (!entities.has(entity)) continue;
    const spans = find(turn, state);
    found.push(
      ...spans
        .map(({ first, last }): FoundSpan => ({
          entity,
          rule: 'spoken-value',
          confidence,
          first,
          last,
        }))
        .filter((span) => entity !== 'PASSWORD' || !isEcho(span)),
    );
  }
  if (ID_ENTITIES.some((name) => entities.has(name))) found.push(...findIds(turn, state, entities));
  if (entities.has('NAME')) found.push(...findNames(turn, state));
  found.push(...findRepeats(turn, state, entities));
  return found.length > 1 ? joinOverlaps(found) : found;
}

/** Spans widened to the runs they cut into, so that no part of a value stands outside of both; all in order. */
export function coverRuns(found: readonly FoundSpan[], judged: readonly JudgedRun[]): FoundSpan[] {
  if (found.length === 0 || judged.length === 0) return [...found];
  let next = 0;
  const widened = found.map((span): FoundSpan => {
    let { first, last } = span;
    while ((judged[next]?.run.last ?? Infinity) < first) next += 1;
    for (let at = next; (judged[at]?.run.first ?? Infinity) <= last; at += 1) {
      const run = judged[at]?.run;
      first = Math.min(first, run?.first ?? first);
      last = Math.max(last, run?.last ?? last);
    }
    return { ...span, first, last };
  });
  return joinOverlaps(widened);
}

/** Overlapping spans become one, of the entity of the first found, so that nothing either covers is left. */
function joinOverlaps(found: readonly FoundSpan[]): FoundSpan[] {
  const joined: FoundSpan[] = [];
  for (const span of found.toSorted((a, b) => a.first - b.first)) {
    const last = joined.at(-1);
    if (last === undefined || span.first > last.last) joined.push(span);
    else joined[joined.length - 1] = { ...last, last: Math.max(last.last, span.last) };
  }
  return joined;
}
