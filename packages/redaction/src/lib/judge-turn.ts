import { BACKWARD_LINKS, CLAUSE_ENDS } from './cue-phrases.ts';
import type { DigitRun } from './digit-runs.ts';
import { ENTITY_NAMES, type EntityName } from './entities.ts';
import type { Cue } from './cue.ts';
import { judgeRun } from './judge-run.ts';
import { createNearbyCue, type NearbyCue } from './nearby-cue.ts';
import type { PreparedPolicy } from './prepared-policy.ts';
import type { Turn } from './read-turn.ts';
import type { RunEvidence } from './run-evidence.ts';
import type { RedactionState } from './state.ts';
import type { JudgedRun, Verdict } from './verdict.ts';

const BACKWARD_WORDS_MAX = 6;
const LABEL_MASK_DIGITS = 16;
const CARD_DIGITS_MIN = 13;
/** "... as your card" names a number only when it is long. */
const WEAK_DIGITS_MIN = 4;

interface Places {
  readonly cueAt: ReadonlyMap<number, Cue>;
  readonly runAt: ReadonlyMap<number, DigitRun>;
  /** Of the last phrase that names a PIN; -1 without one. */
  readonly lastPinAt: number;
}

/** Decides for each run of digits whether it is sensitive; those that are not are left out. */
export function judgeTurn(turn: Turn, state: RedactionState, policy: PreparedPolicy): JudgedRun[] {
  const judged: JudgedRun[] = [];
  if (turn.runs.length === 0) return judged;
  const nearby = createNearbyCue();
  const places: Places = {
    cueAt: new Map(turn.cues.map((cue) => [cue.first, cue])),
    runAt: new Map(turn.runs.map((run) => [run.first, run])),
    lastPinAt: turn.cues.findLast(({ label, weak }) => label === 'PIN' && !weak)?.first ?? -1,
  };
  for (let at = 0; at < turn.tokens.length; at += 1) {
    const cue = places.cueAt.get(at);
    const run = places.runAt.get(at);
    const token = turn.tokens[at];
    if (cue !== undefined) {
      nearby.seeCue(cue);
      at = cue.last;
    } else if (run !== undefined) {
      const verdict = judgeRun(evidenceFor(turn, run, nearby, places), turn, state, policy);
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
    for (let at = run.first; at <= run.last; at += 1) {
      const token = turn.tokens[at];
      if (token !== undefined) nearby.seeToken(token);
    }
  } else if (verdict.entity === 'CREDIT_CARD_NUMBER' && run.digits.length >= CARD_DIGITS_MIN)
    nearby.seeCard(run.digits.length);
  else nearby.seeMasked(run.digits.length);
}

function evidenceFor(turn: Turn, run: DigitRun, nearby: NearbyCue, places: Places): RunEvidence {
  return {
    run,
    cue: nearby.governing(),
    isOther: nearby.isOther(run.digits.length),
    isNamedOther: nearby.isNamedOther(run.digits.length),
    isLastFour: nearby.isLastFour(),
    isAnnounced: nearby.isAnnounced(),
    isDirect: nearby.isDirect(),
    namedAfter:
      entityNamedAfter(turn, run, places) ??
      (nearby.isOther(run.digits.length) || nearby.governing() !== undefined
        ? undefined
        : namedLater(run, places)),
  };
}

/** "1234 is my PIN", "1234, that's the security code", "is 1234 your PIN?". */
function entityNamedAfter(turn: Turn, run: DigitRun, places: Places): EntityName | undefined {
  const { tokens } = turn;
  const linkAt = tokens[run.last + 1]?.text === ',' ? run.last + 2 : run.last + 1;
  const link = tokens[linkAt]?.text ?? '';
  if (isOnTheBack(turn, run)) return 'CVV';
  const long = run.digits.length >= WEAK_DIGITS_MIN;
  if (places.cueAt.has(linkAt)) return entityAtEnd(turn, linkAt, places);
  if (/^(?:my|your|the)$/.test(link)) return entityAtEnd(turn, linkAt + 1, places);
  if (!BACKWARD_LINKS.has(link)) return undefined;
  for (let at = linkAt + 1; at <= linkAt + BACKWARD_WORDS_MAX; at += 1) {
    const cue = places.cueAt.get(at);
    if (cue !== undefined)
      return cue.weak && long && cue.label === 'CREDIT_CARD_NUMBER' ? cue.label : entityOf(cue);
    const token = tokens[at];
    if (token === undefined || token.kind !== 'word' || CLAUSE_ENDS.has(token.text)) return undefined;
    if (places.runAt.has(at)) return undefined;
  }
  return undefined;
}

/** "It was 1395 before, now it's 5961, the PIN I mean"; no round figure, as amounts are. */
function namedLater({ last, digits, quantity }: DigitRun, { lastPinAt }: Places): EntityName | undefined {
  if (quantity !== undefined || last > lastPinAt || digits.endsWith('00')) return undefined;
  return /^(?!(?:19|20)\d\d$)\d{4,6}$/.test(digits) ? 'PIN' : undefined;
}

/** With the expiry date before it. */
const ON_BACK_DIGITS_MAX = 9;

/** "and 882 on the back". */
function isOnTheBack({ tokens }: Turn, { last, digits }: DigitRun): boolean {
  if (digits.length < 3 || digits.length > ON_BACK_DIGITS_MAX) return false;
  const at = tokens[last + 1]?.text === ',' ? last + 2 : last + 1;
  return (
    /^(?:on|from|off)$/.test(tokens[at]?.text ?? '') &&
    /^(?:the|back)$/.test(tokens[at + 1]?.text ?? '') &&
    /^(?:back|reverse)$/.test(tokens[at + 2]?.text ?? tokens[at + 1]?.text ?? '')
  );
}

/** Only a cue that ends its sentence looks back: "I paid 400 the PIN is ..." does not. */
function entityAtEnd({ tokens }: Turn, at: number, { cueAt }: Places): EntityName | undefined {
  const cue = cueAt.get(at);
  if (cue === undefined) return undefined;
  const after = tokens[cue.last + 1];
  return after === undefined || after.kind === 'mark' ? entityOf(cue) : undefined;
}

function entityOf(cue: Cue): EntityName | undefined {
  return cue.weak ? undefined : ENTITY_NAMES.find((name) => name === cue.label);
}
