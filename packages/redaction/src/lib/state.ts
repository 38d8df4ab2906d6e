import type { ParticipantRole } from '@earshot/domain';
import { DEFAULT_ENTITIES, ENTITY_NAMES, type EntityName } from './entities.ts';

/** What the conversation makes us expect: the answer to a question, or the rest of a sentence cut by a pause. */
export interface Expectation {
  /** `other`: a number of no interest was asked for. */
  readonly entity: EntityName | 'other';
  /** Who asked; `anyone` when the sentence was left open. Only the other side's numbers are answers. */
  readonly asker: ParticipantRole | 'anyone';
  /** `other`: of a figure, which is short. */
  readonly weak: boolean;
  /** Digits heard so far. */
  readonly digitCount: number;
  readonly untilMs: number;
  /** Turns of substance it outlives. */
  readonly turnsLeft: number;
}

export interface RecentValue {
  readonly entity: EntityName;
  readonly digits: string;
  /** Of a value of words, its words in lower case with a space between; otherwise empty. */
  readonly words: string;
  readonly atMs: number;
}

/** A number that was left as it was said. */
export interface PlainValue {
  readonly role: ParticipantRole;
  readonly digits: string;
  readonly atMs: number;
}

/** Digits said in consecutive turns that hold nothing else. */
export interface Pieces {
  readonly digits: string;
  readonly atMs: number;
}

/**
 * What is remembered between the turns of a conversation. A plain JSON value that may hold raw digits: store it
 * sealed only. Nothing in it outlives 60 s without a turn.
 */
export interface RedactionState {
  readonly version: 3;
  readonly lastAtMs: number | null;
  readonly expectations: readonly Expectation[];
  readonly recent: readonly RecentValue[];
  readonly plain: readonly PlainValue[];
  readonly pieces: Readonly<Record<ParticipantRole, Pieces>>;
}

const IDLE_MS_MAX = 60_000;
const RECENT_MS_MAX = 60_000;
/** Pieces of a value are said within this of one another. */
export const PIECES_MS_MAX = 15_000;
const WARY_TURNS = 6;
const NO_PIECES: Pieces = { digits: '', atMs: 0 };

export function emptyState(): RedactionState {
  return {
    version: 3,
    lastAtMs: null,
    expectations: [],
    recent: [],
    plain: [],
    pieces: { customer: NO_PIECES, agent: NO_PIECES },
  };
}

/** What is left of `state` at `atMs`. */
export function ageState(state: RedactionState, atMs: number): RedactionState {
  if (state.lastAtMs !== null && atMs - state.lastAtMs > IDLE_MS_MAX) return emptyState();
  return {
    ...state,
    expectations: state.expectations.filter(({ untilMs, turnsLeft }) => untilMs >= atMs && turnsLeft > 0),
    recent: state.recent.filter((value) => atMs - value.atMs <= RECENT_MS_MAX),
    plain: state.plain.filter((value) => atMs - value.atMs <= RECENT_MS_MAX),
    pieces: {
      customer: fresh(state.pieces.customer, atMs),
      agent: fresh(state.pieces.agent, atMs),
    },
  };
}

function fresh(pieces: Pieces, atMs: number): Pieces {
  return atMs - pieces.atMs <= PIECES_MS_MAX ? pieces : NO_PIECES;
}

/** For `parseState` of this release or a later one. May hold raw digits: to be sealed before it is stored. */
export function serializeState(state: RedactionState): string {
  return JSON.stringify(state);
}

/**
 * Reads what `serializeState` wrote. Text of another version or a damaged one gives a wary state, in which any
 * number may be the answer to a question we no longer know: forgetting must not uncover.
 */
export function parseState(text: string): RedactionState {
  try {
    const value: unknown = JSON.parse(text);
    return isState(value) ? value : waryState();
  } catch (error) {
    if (error instanceof SyntaxError) return waryState();
    throw error;
  }
}

function waryState(): RedactionState {
  const expectations = DEFAULT_ENTITIES.map((entity): Expectation => {
    return {
      entity,
      asker: 'anyone',
      weak: false,
      digitCount: 0,
      untilMs: Number.MAX_SAFE_INTEGER,
      turnsLeft: WARY_TURNS,
    };
  });
  return { ...emptyState(), expectations };
}

function isState(value: unknown): value is RedactionState {
  if (!isRecord(value) || value['version'] !== 3) return false;
  const { lastAtMs, expectations, recent, plain, pieces } = value;
  return (
    (lastAtMs === null || typeof lastAtMs === 'number') &&
    Array.isArray(expectations) &&
    expectations.every(isExpectation) &&
    Array.isArray(recent) &&
    recent.every(
      (item) => isRecord(item) && isEntity(item['entity']) && isDigitsAt(item) && isText(item['words']),
    ) &&
    Array.isArray(plain) &&
    plain.every((item) => isDigitsAt(item) && (item['role'] === 'customer' || item['role'] === 'agent')) &&
    isRecord(pieces) &&
    isDigitsAt(pieces['customer']) &&
    isDigitsAt(pieces['agent'])
  );
}

function isExpectation(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { entity, asker, weak, digitCount, untilMs, turnsLeft } = value;
  return (
    (entity === 'other' || isEntity(entity)) &&
    (asker === 'customer' || asker === 'agent' || asker === 'anyone') &&
    typeof weak === 'boolean' &&
    [digitCount, untilMs, turnsLeft].every((number) => typeof number === 'number')
  );
}

function isDigitsAt(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && typeof value['digits'] === 'string' && typeof value['atMs'] === 'number';
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isEntity(value: unknown): boolean {
  return ENTITY_NAMES.some((name) => name === value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** A price, a room, a mileage: words for figures explain no number that is longer. */
export const FIGURE_DIGITS_MAX = 7;

/** Whether the other side said the same number in clear: an order, a price, a year that is said back. */
export function isKnownPlain(state: RedactionState, role: ParticipantRole, digits: string): boolean {
  return state.plain.some((value) => value.role !== role && value.digits === digits);
}

/** Whether the conversation waits for a number of no interest of so many digits; what a customer asks for, the agent says. */
export function expectsOther(state: RedactionState, role: ParticipantRole, digitCount: number): boolean {
  return state.expectations.some(
    ({ entity, asker, weak }) =>
      entity === 'other' &&
      (asker !== 'customer' || role !== 'customer') &&
      (!weak || digitCount <= FIGURE_DIGITS_MAX),
  );
}
