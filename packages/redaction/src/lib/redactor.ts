import type { ParticipantRole } from '@earshot/domain';
import type { Finding } from './finding.ts';
import { coverRuns, findSpans } from './find-spans.ts';
import { judgeTurn } from './judge-turn.ts';
import { maskCustomRules } from './mask-custom-rules.ts';
import { placesAfter } from './mask-places.ts';
import { applyReplacements, maskCharacters, type Replacement } from './mask-text.ts';
import { hitOfRun, hitsOfSpans } from './masks.ts';
import { nextState } from './next-state.ts';
import type { RedactionPolicy } from './policy.ts';
import { preparePolicy, type PreparedPolicy } from './prepared-policy.ts';
import { readTurn } from './read-turn.ts';
import { ageState, emptyState, type RedactionState } from './state.ts';
import { withoutSpans } from './without-spans.ts';

/** What one participant said without a break. */
export interface ConversationTurn {
  readonly role: ParticipantRole;
  /** At most 20 000 UTF-16 units are examined; a longer turn is masked whole. */
  readonly text: string;
  /** Start of the turn by one clock of the conversation, ms. */
  readonly atMs: number;
}

/** A turn without what is to be masked, and what the next turn has to know. */
export interface RedactionResult {
  readonly text: string;
  /** In order of `start`, without overlap. */
  readonly findings: readonly Finding[];
  /** The same findings with the places of their masks in `text`. */
  readonly masks: readonly Finding[];
  /** What was put where, by offsets of the turn as given, in order, without overlap. */
  readonly replacements: readonly Replacement[];
  /** The state for the next turn; may hold raw digits, so store it sealed only. */
  readonly state: RedactionState;
}

/** Made by `createRedactor`. It keeps nothing of a conversation itself: the state goes in and comes out. */
export interface Redactor {
  initialState(): RedactionState;
  /** Turns of both participants, in order. Never throws: a turn that cannot be examined is masked whole. */
  redact(turn: ConversationTurn, state: RedactionState): RedactionResult;
}

const TEXT_CHARS_MAX = 20_000;

/** @throws {RangeError} when a custom rule of the policy does not pass `checkCustomRule` */
export function createRedactor(policy: RedactionPolicy): Redactor {
  const prepared = preparePolicy(policy);
  return {
    initialState: emptyState,
    redact(turn, state) {
      if (turn.text.length > TEXT_CHARS_MAX) return maskWhole(turn.text, state);
      try {
        return redactTurn(turn, state, prepared);
      } catch {
        // Fail closed: whatever went wrong, no word of the turn gets out. The finding's rule tells the caller.
        return maskWhole(turn.text, state);
      }
    },
  };
}

function redactTurn(
  given: ConversationTurn,
  before: RedactionState,
  policy: PreparedPolicy,
): RedactionResult {
  const { text } = given;
  const state = ageState(before, given.atMs);
  const turn = readTurn(given.role, given.atMs, text, policy.cueEntities);
  const runs = judgeTurn(turn, state, policy);
  const found = coverRuns(findSpans(turn, state, policy.entitiesOf[given.role]), runs);
  const judged = withoutSpans(runs, found, ({ run }) => run);
  const spoken = [
    ...judged.map((one) => hitOfRun(text, turn, one, policy.mask)),
    ...hitsOfSpans(text, turn, found, policy.mask),
  ].toSorted((a, b) => a.start - b.start);
  const hits = policy.customRules.length === 0 ? spoken : maskCustomRules(text, policy, spoken);
  const replacements = hits.flatMap((hit) => hit.replacements);
  const findings = hits.map(({ entity, start, end, rule, confidence }): Finding => {
    return { entity, start, end, rule, confidence };
  });
  return {
    text: applyReplacements(text, replacements),
    findings,
    masks: placesAfter(findings, replacements),
    replacements,
    state: nextState(turn, judged, found, state),
  };
}

function maskWhole(text: string, state: RedactionState): RedactionResult {
  const masked = maskCharacters(text);
  const finding: Finding = {
    entity: 'UNKNOWN',
    start: 0,
    end: text.length,
    rule: 'internal-error',
    confidence: 1,
  };
  return {
    text: masked,
    findings: [finding],
    masks: [{ ...finding, end: masked.length }],
    replacements: [{ start: 0, end: text.length, text: masked }],
    state,
  };
}
