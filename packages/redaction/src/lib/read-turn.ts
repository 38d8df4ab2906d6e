import type { ParticipantRole } from '@earshot/domain';
import { CLAUSE_ENDS, COPULAS } from './cue-phrases.ts';
import { findDigitRuns, type DigitRun } from './digit-runs.ts';
import { findCues, type Cue } from './find-cues.ts';
import { findElements } from './find-elements.ts';
import { FILLERS } from './number-words.ts';
import { ENTITY_NAMES } from './entities.ts';
import { type RedactionPolicy } from './policy.ts';
import { withoutQuantities } from './quantities.ts';
import { tokenize, type Token } from './tokenize.ts';

/** A turn taken apart once; everything after works on this. */
export interface Turn {
  readonly role: ParticipantRole;
  readonly atMs: number;
  readonly tokens: readonly Token[];
  readonly cues: readonly Cue[];
  readonly runs: readonly DigitRun[];
  /** Nothing but digits and words that lead in to them. */
  readonly digitsOnly: boolean;
  /** Nothing but an acknowledgement. */
  readonly backChannel: boolean;
  /** Asks or demands something. */
  readonly asking: boolean;
  /** Ends on a cue whose value has yet to come: "and my PIN is". */
  readonly openEnded: boolean;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const BACK_CHANNEL = words(
  'yes yeah yep yup right sure thanks thank you mhm mm uh huh hm ok okay great perfect alright all good got it i see ' +
    "no problem correct go ahead continue next fine cool please ma'am sir",
);
const LEAD_INS = words(
  "it's its it is that's that the my number yes yeah sure so well okay here and then um uh digits code be would again",
);
const ASKING = words(
  "what what's whats which can could may please provide give tell verify confirm need have read say enter repeat know",
);

export function readTurn(role: ParticipantRole, atMs: number, text: string, policy: RedactionPolicy): Turn {
  const tokens = tokenize(text);
  const cues = findCues(tokens, policy);
  const taken = new Map<number, Cue>();
  for (const cue of cues) for (let at = cue.first; at <= cue.last; at += 1) taken.set(at, cue);
  const announcesSecret = (at: number): boolean => ENTITY_NAMES.some((name) => name === taken.get(at)?.label);
  const numbers = findElements(tokens, (at) => taken.has(at));
  const elements = withoutQuantities(tokens, numbers, announcesSecret);
  const runs = findDigitRuns(tokens, elements);
  const inRun = new Set<number>();
  for (const run of runs) for (let at = run.first; at <= run.last; at += 1) inRun.add(at);
  const rest = tokens.filter(
    (token, at) => !inRun.has(at) && (token.kind === 'word' || token.kind === 'number'),
  );
  return {
    role,
    atMs,
    tokens,
    cues,
    runs,
    digitsOnly: runs.length > 0 && rest.every(({ text: word }) => FILLERS.has(word) || LEAD_INS.has(word)),
    backChannel:
      runs.length === 0 && rest.every(({ text: word }) => FILLERS.has(word) || BACK_CHANNEL.has(word)),
    asking: tokens.some(({ text: word }) => word === '?' || ASKING.has(word)),
    openEnded: isOpenEnded(tokens, cues.at(-1)),
  };
}

function isOpenEnded(tokens: readonly Token[], cue: Cue | undefined): boolean {
  if (cue === undefined) return false;
  const after = tokens.slice(cue.last + 1);
  return after.every(({ text }) => text !== '?' && (COPULAS.has(text) || FILLERS.has(text) || isPause(text)));
}

function isPause(text: string): boolean {
  return CLAUSE_ENDS.has(text) || /^(?:number|numbers|code|would|will|,|\u2026|-)$/.test(text);
}
