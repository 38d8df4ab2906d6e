import type { CircuitCounts, StoredCircuit } from '@earshot/storage';

const WINDOW_MS = 60_000;
const BUCKET_MS = 10_000;
const ATTEMPTS_MIN = 10;
const FAILURE_SHARE_MAX = 0.7;
const UNANSWERED_IN_ROW_MAX = 5;
const OPEN_MS_MIN = 30_000;
const OPEN_MS_MAX = 600_000;
/** A probe whose process died is given up after this; longer than any attempt may take. */
export const PROBE_MS_MAX = 45_000;

export const CLOSED_CIRCUIT: StoredCircuit = {
  state: 'closed',
  openedAtMs: undefined,
  nextProbeAtMs: undefined,
  openedCount: 0,
  connectionFailuresInRow: 0,
  counts: [],
};

/** Attempts of one process that ended since it told of them last. */
export interface AttemptTally {
  readonly attemptCount: number;
  readonly failureCount: number;
  /** Attempts at the end of the tally that got no answer at all. */
  readonly unansweredInRow: number;
}

/** Adds attempts to a circuit that is closed; enough failures open it. One that is not closed counts nothing. */
export function afterAttempts(circuit: StoredCircuit, tally: AttemptTally, nowMs: number): StoredCircuit {
  if (circuit.state !== 'closed') return circuit;
  const counts = addTo(circuit.counts, tally, nowMs);
  const onlyUnanswered = tally.unansweredInRow === tally.attemptCount;
  const connectionFailuresInRow =
    tally.unansweredInRow + (onlyUnanswered ? circuit.connectionFailuresInRow : 0);
  const attemptCount = sum(counts, (bucket) => bucket.attemptCount);
  const failureCount = sum(counts, (bucket) => bucket.failureCount);
  const opens =
    connectionFailuresInRow >= UNANSWERED_IN_ROW_MAX ||
    (attemptCount >= ATTEMPTS_MIN && failureCount >= attemptCount * FAILURE_SHARE_MAX);
  const counted = { ...circuit, counts, connectionFailuresInRow };
  return opens ? opened(counted, nowMs) : counted;
}

/** Takes the one probe of a circuit whose time to be probed has come; undefined when there is none to take. */
export function takeProbe(circuit: StoredCircuit, nowMs: number): StoredCircuit | undefined {
  if (circuit.state === 'closed' || nowMs < (circuit.nextProbeAtMs ?? 0)) return undefined;
  return { ...circuit, state: 'half-open', nextProbeAtMs: nowMs + PROBE_MS_MAX };
}

/** Lets the next probe come at once: what failed may have been put right. A probe under way is waited for. */
export function probeNow(circuit: StoredCircuit, nowMs: number): StoredCircuit | undefined {
  return circuit.state === 'open' ? { ...circuit, nextProbeAtMs: nowMs } : undefined;
}

/** What a probe that ended makes of the circuit; one that was given up meanwhile may still close it. */
export function afterProbe(circuit: StoredCircuit, succeeded: boolean, nowMs: number): StoredCircuit {
  if (circuit.state === 'closed') return circuit;
  return succeeded ? CLOSED_CIRCUIT : opened(circuit, nowMs);
}

function opened(circuit: StoredCircuit, nowMs: number): StoredCircuit {
  return {
    state: 'open',
    openedAtMs: circuit.openedAtMs ?? nowMs,
    nextProbeAtMs: nowMs + Math.min(OPEN_MS_MIN * 2 ** circuit.openedCount, OPEN_MS_MAX),
    openedCount: circuit.openedCount + 1,
    connectionFailuresInRow: 0,
    counts: [],
  };
}

function addTo(counts: readonly CircuitCounts[], tally: AttemptTally, nowMs: number): CircuitCounts[] {
  const recent = counts.filter(({ startedAtMs }) => startedAtMs > nowMs - WINDOW_MS && startedAtMs <= nowMs);
  const last = recent.at(-1);
  if (last === undefined || nowMs - last.startedAtMs >= BUCKET_MS) {
    const { attemptCount, failureCount } = tally;
    return [...recent, { startedAtMs: nowMs, attemptCount, failureCount }];
  }
  const grown = {
    startedAtMs: last.startedAtMs,
    attemptCount: last.attemptCount + tally.attemptCount,
    failureCount: last.failureCount + tally.failureCount,
  };
  return [...recent.slice(0, -1), grown];
}

function sum(counts: readonly CircuitCounts[], of: (bucket: CircuitCounts) => number): number {
  return counts.reduce((total, bucket) => total + of(bucket), 0);
}
