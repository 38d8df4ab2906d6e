import type { ParticipantRole } from '@earshot/domain';
import { CLAUSE_ENDS, COPULAS } from './cue-phrases.ts';
import { findDigitRuns, runOf, type DigitRun } from './digit-runs.ts';
import type { Cue } from './cue.ts';
import { findCues } from './find-cues.ts';
import { findElements } from './find-elements.ts';
import { FILLERS } from './number-words.ts';
import type { EntityName } from './entities.ts';
import { sortQuantities } from './quantities.ts';
import { ENTITY_NAMES } from './entities.ts';
import { tokenize, type Token } from './tokenize.ts';
import {
  ASKING,
  BACK_CHANNEL,
  CORRECTING,
  LEAD_INS,
  QUANTITY_WORDS,
  REQUESTING,
  STALLING,
} from './turn-words.ts';

/** A turn taken apart once; everything after works on this. */
export interface Turn {
  readonly role: ParticipantRole;
  readonly atMs: number;
  readonly tokens: readonly Token[];
  readonly cues: readonly Cue[];
  /** The cue that each token belongs to. */
  readonly cueAt: readonly (Cue | undefined)[];
  /** Runs of digits in order, those that read as quantities among them. */
  readonly runs: readonly DigitRun[];
  /** Nothing but digits and words that lead in to them. */
  readonly digitsOnly: boolean;
  /** Words that neither belong to a number nor lead in to one. */
  readonly plainWords: number;
  /** Nothing but an acknowledgement. */
  readonly backChannel: boolean;
  /** Nothing but a plea for time: "let me get my wallet". */
  readonly stalling: boolean;
  /** Asks or demands something. */
  readonly asking: boolean;
  /** Asks for something to be said, not whether something is so. */
  readonly requesting: boolean;
  /** Takes back or corrects something. */
  readonly correcting: boolean;
  /** The last word belongs to a cue. */
  readonly endsOnCue: boolean;
  /** Ends on a cue whose value has yet to come: "and my PIN is". */
  readonly openEnded: boolean;
}

/** "Have you tried to reset it?" wants no value. */
const YES_OR_NO = /^(?:have|did|do|does|is|was|were|are|has|don't)$/;
const SHORT_WORDS_MAX = 7;
const STALLING_WORDS_MAX = 14;

export function readTurn(
  role: ParticipantRole,
  atMs: number,
  text: string,
  entities: ReadonlySet<EntityName>,
): Turn {
  const tokens = tokenize(text);
  const cues = findCues(tokens, entities);
  const taken: (Cue | undefined)[] = [];
  for (const cue of cues) for (let at = cue.first; at <= cue.last; at += 1) taken[at] = cue;
  const numbers = findElements(tokens, (at) => taken[at] !== undefined);
  const { plain, quantities } = sortQuantities(tokens, numbers, (at) => isSecret(taken[at]));
  const runs = [
    ...findDigitRuns(tokens, plain),
    ...quantities.flatMap(({ elements, kind }) => runOf(tokens, elements, kind) ?? []),
  ].toSorted((a, b) => a.first - b.first);
  return { role, atMs, tokens, cues, cueAt: taken, runs, ...natureOf(tokens, cues, runs, role) };
}

type Nature = Omit<Turn, 'role' | 'atMs' | 'tokens' | 'cues' | 'cueAt' | 'runs'>;

function natureOf(
  tokens: readonly Token[],
  cues: readonly Cue[],
  runs: readonly DigitRun[],
  role: ParticipantRole,
): Nature {
  const rest = outside(tokens, runs);
  const hasFigure = runs.some(({ quantity }) => quantity === 'moment');
  let [plainWords, backChannel, stalling, requesting, asking] = [0, runs.length === 0, false, false, false];
  for (const { text, kind } of rest) {
    asking ||= text === '?' || ASKING.has(text);
    requesting ||= REQUESTING.has(text);
    stalling ||= STALLING.has(text);
    if (kind === 'mark' || FILLERS.has(text)) continue;
    backChannel &&= BACK_CHANNEL.has(text);
    if (!LEAD_INS.has(text) && !(hasFigure && QUANTITY_WORDS.has(text))) plainWords += 1;
  }
  const isYesOrNo = YES_OR_NO.test(tokens[0]?.text ?? '');
  const short = rest.length <= SHORT_WORDS_MAX && !isYesOrNo && (role === 'agent' || asking);
  return {
    digitsOnly: runs.some(({ quantity }) => quantity !== 'count') && plainWords === 0,
    plainWords,
    backChannel,
    stalling: stalling && runs.length === 0 && rest.length <= STALLING_WORDS_MAX,
    asking,
    requesting: requesting || short,
    correcting: rest.some(({ text }) => CORRECTING.has(text)),
    endsOnCue: tokens.findLastIndex(({ kind }) => kind !== 'mark') === cues.at(-1)?.last,
    openEnded: isOpenEnded(tokens, cues.at(-1)),
  };
}

function outside(tokens: readonly Token[], runs: readonly DigitRun[]): Token[] {
  const rest: Token[] = [];
  let next = 0;
  for (const [at, token] of tokens.entries()) {
    while ((runs[next]?.last ?? Infinity) < at) next += 1;
    const run = runs[next];
    if (token.kind !== 'masked' && (run === undefined || at < run.first)) rest.push(token);
  }
  return rest;
}

function isSecret(cue: Cue | undefined): boolean {
  return cue !== undefined && ENTITY_NAMES.some((name) => name === cue.label);
}

function isOpenEnded(tokens: readonly Token[], cue: Cue | undefined): boolean {
  if (cue === undefined) return false;
  for (let at = cue.last + 1; at < tokens.length; at += 1) {
    const text = tokens[at]?.text ?? '';
    if (text === '?' || !(COPULAS.has(text) || FILLERS.has(text) || isPause(text))) return false;
  }
  return true;
}

function isPause(text: string): boolean {
  return (
    CLAUSE_ENDS.has(text) ||
    /^(?:number|numbers|code|still|would|will|now|going|gonna|to|,|\u2026|-)$/.test(text)
  );
}
