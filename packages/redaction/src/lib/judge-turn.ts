import { BACKWARD_LINKS, CLAUSE_ENDS } from './cue-phrases.ts';
import type { DigitRun } from './digit-runs.ts';
import type { Cue } from './find-cues.ts';
import { judgeRun, type RunEvidence } from './judge-run.ts';
import { createNearbyCue, type NearbyCue } from './nearby-cue.ts';
import { ENTITY_NAMES, type EntityName } from './entities.ts';
import { type RedactionPolicy } from './policy.ts';
import type { Turn } from './read-turn.ts';
import type { RedactionState } from './state.ts';
import type { JudgedRun, Verdict } from './verdict.ts';

const BACKWARD_WORDS_MAX = 6;
const LABEL_MASK_DIGITS = 16;

/** Decides for each run of digits whether it is sensitive; those that are not are left out. */
export function judgeTurn(turn: Turn, state: RedactionState, policy: RedactionPolicy): JudgedRun[] {
  const judged: JudgedRun[] = [];
  const nearby = createNearbyCue();
  const cueAt = new Map(turn.cues.map((cue) => [cue.first, cue]));
  const runAt = new Map(turn.runs.map((run) => [run.first, run]));
  for (let at = 0; at < turn.tokens.length; at += 1) {
    const cue = cueAt.get(at);
    const run = runAt.get(at);
    const token = turn.tokens[at];
    if (cue !== undefined) {
      nearby.seeCue(cue);
      at = cue.last;
    } else if (run !== undefined) {
      const verdict = judgeRun(evidenceFor(turn, run, nearby), turn, state, policy);
      if (verdict !== undefined) judged.push({ run, verdict });
      seeRun(turn, run, nearby, verdict);
      at = run.last;
    } else if (token?.kind === 'masked') {
      nearby.seeMasked(token.text.startsWith('#') ? token.text.length : LABEL_MASK_DIGITS);
    } else if (token !== undefined) {
      nearby.seeToken(token);
    }
  }
  return judged;
}

function seeRun(turn: Turn, run: DigitRun, nearby: NearbyCue, verdict: Verdict | undefined): void {
  if (verdict === undefined) {
    for (const token of turn.tokens.slice(run.first, run.last + 1)) nearby.seeToken(token);
  } else if (verdict.rule === 'luhn') nearby.seeCard(run.digits.length);
  else nearby.seeMasked(run.digits.length);
}

function evidenceFor(turn: Turn, run: DigitRun, nearby: NearbyCue): RunEvidence {
  return {
    run,
    cue: nearby.governing(),
    isOther: nearby.isOther(),
    isLastFour: nearby.isLastFour(),
    isAnnounced: nearby.isAnnounced(),
    namedAfter: entityNamedAfter(turn, run),
  };
}

/** "1234 is my PIN", "1234, that's the security code", "is 1234 your PIN?". */
function entityNamedAfter(turn: Turn, run: DigitRun): EntityName | undefined {
  const { tokens } = turn;
  const linkAt = tokens[run.last + 1]?.text === ',' ? run.last + 2 : run.last + 1;
  const link = tokens[linkAt]?.text ?? '';
  if (/^(?:my|your|the)$/.test(link)) return entityAtEnd(turn, linkAt + 1);
  if (!BACKWARD_LINKS.has(link)) return undefined;
  for (let at = linkAt + 1; at <= linkAt + BACKWARD_WORDS_MAX; at += 1) {
    const cue = turn.cues.find(({ first }) => first === at);
    if (cue !== undefined) return entityOf(cue);
    const token = tokens[at];
    if (token === undefined || token.kind !== 'word' || CLAUSE_ENDS.has(token.text)) return undefined;
    if (turn.runs.some(({ first }) => first === at)) return undefined;
  }
  return undefined;
}

/** Only a cue that ends its sentence looks back: "I paid 400 the PIN is ..." does not. */
function entityAtEnd({ tokens, cues }: Turn, at: number): EntityName | undefined {
  const cue = cues.find(({ first }) => first === at);
  if (cue === undefined) return undefined;
  const after = tokens[cue.last + 1];
  return after === undefined || after.kind === 'mark' ? entityOf(cue) : undefined;
}

function entityOf(cue: Cue): EntityName | undefined {
  return ENTITY_NAMES.find((name) => name === cue.label);
}
