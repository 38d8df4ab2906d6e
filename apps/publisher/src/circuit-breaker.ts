import type { Clock } from '@earshot/domain';
import type { CircuitStore, Endpoint, LaneStore, StoredCircuit } from '@earshot/storage';
import type { Logger } from '@earshot/telemetry';
import {
  afterAttempts,
  afterProbe,
  CLOSED_CIRCUIT,
  probeNow,
  takeProbe,
  type AttemptTally,
} from './circuit.ts';
import type { EventReporter } from './events/event-reporter.ts';

/** `wait`: nothing may be sent before `untilMs`. `probe`: this attempt decides whether the circuit closes. */
export type Admission =
  | { readonly type: 'pass' }
  | { readonly type: 'probe' }
  | { readonly type: 'wait'; readonly untilMs: number };

/** `unanswered`: no answer came at all. */
export type AttemptOutcome = 'delivered' | 'refused' | 'unanswered';

/** The circuits of the endpoints, shared by all publishers through the store. */
export interface CircuitBreaker {
  /** Asked before each attempt; reads the store at most once in two seconds per endpoint. */
  admit(endpoint: Endpoint): Promise<Admission>;
  /** Told of each attempt that was admitted and ended. A success costs no statement, but for that of a probe. */
  report(endpoint: Endpoint, admission: Admission, outcome: AttemptOutcome): Promise<void>;
}

export interface CircuitBreakerDeps {
  readonly circuits: Pick<CircuitStore, 'read' | 'change'>;
  readonly lanes: Pick<LaneStore, 'endDeferrals'>;
  readonly events: Pick<EventReporter, 'circuitOpened' | 'circuitClosed'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Slot {
  circuit: StoredCircuit;
  readAtMs: number;
  reading: Promise<void> | undefined;
  tally: AttemptTally;
  tallySinceMs: number;
  flushing: Promise<void> | undefined;
  /** The `updatedAtMs` of the endpoint when it was seen last. */
  endpointAtMs: number | undefined;
}

const REFRESH_MS = 2000;
/** Successes older than this are no longer told: they would hide that the endpoint fails now. */
const TALLY_MS_MAX = 10_000;
/** A lane that begins to wait while the circuit closes is not told of it, so it looks again by itself. */
const WAIT_MS_MAX = 60_000;
const SLOT_COUNT_MAX = 10_000;
const NO_ATTEMPTS: AttemptTally = { attemptCount: 0, failureCount: 0, unansweredInRow: 0 };
const PASS: Admission = { type: 'pass' };

export function createCircuitBreaker(deps: CircuitBreakerDeps): CircuitBreaker {
  const { clock } = deps;
  const slots = new Map<string, Slot>();

  return {
    async admit(endpoint) {
      const slot = recall(slots, endpoint.endpointId);
      if (clock.now() - slot.readAtMs >= REFRESH_MS) {
        slot.reading ??= refresh(deps, slot, endpoint).finally(() => (slot.reading = undefined));
        await slot.reading;
      }
      const changed = slot.endpointAtMs !== undefined && slot.endpointAtMs !== endpoint.updatedAtMs;
      slot.endpointAtMs = endpoint.updatedAtMs;
      if (isClosed(slot)) return PASS;
      if (changed) await change(deps, slot, endpoint, (circuit) => probeNow(circuit, clock.now()));
      if (await takeTheProbe(deps, slot, endpoint)) return { type: 'probe' };
      if (isClosed(slot)) return PASS;
      const nowMs = clock.now();
      return { type: 'wait', untilMs: Math.min(slot.circuit.nextProbeAtMs ?? nowMs, nowMs + WAIT_MS_MAX) };
    },
    async report(endpoint, admission, outcome) {
      const slot = recall(slots, endpoint.endpointId);
      try {
        if (admission.type === 'probe') return await endProbe(deps, slot, endpoint, outcome === 'delivered');
        addToTally(slot, outcome, clock.now());
        if (outcome === 'delivered') return;
        slot.flushing ??= tellFailures(deps, slot, endpoint).finally(() => (slot.flushing = undefined));
        await slot.flushing;
      } catch (error) {
        // The message matters more than the count: a probe that is not told of is given up in time.
        deps.logger.warn('circuit.not-recorded', { endpointId: endpoint.endpointId, error });
      }
    },
  };
}

async function refresh(
  { circuits, clock }: CircuitBreakerDeps,
  slot: Slot,
  { tenantId, endpointId }: Endpoint,
): Promise<void> {
  const askedAtMs = clock.now();
  const read = await circuits.read(tenantId, [endpointId]);
  slot.circuit = read.get(endpointId) ?? CLOSED_CIRCUIT;
  slot.readAtMs = askedAtMs;
}

async function change(
  { circuits, clock }: CircuitBreakerDeps,
  slot: Slot,
  { tenantId, endpointId }: Endpoint,
  decide: (circuit: StoredCircuit) => StoredCircuit | undefined,
): Promise<void> {
  slot.circuit = (await circuits.change(tenantId, endpointId, decide)) ?? CLOSED_CIRCUIT;
  slot.readAtMs = clock.now();
}

/** Answers whether the one probe that is due is this caller's. */
async function takeTheProbe(deps: CircuitBreakerDeps, slot: Slot, endpoint: Endpoint): Promise<boolean> {
  if (deps.clock.now() < (slot.circuit.nextProbeAtMs ?? 0)) return false;
  let taken = false;
  await change(deps, slot, endpoint, (circuit) => {
    const probe = takeProbe(circuit, deps.clock.now());
    taken = probe !== undefined;
    return probe;
  });
  return taken;
}

/** Tells the store of what was tallied, with all that comes in meanwhile. */
async function tellFailures(deps: CircuitBreakerDeps, slot: Slot, endpoint: Endpoint): Promise<void> {
  while (slot.tally.failureCount > 0) {
    const { tally } = slot;
    slot.tally = NO_ATTEMPTS;
    let opened = false;
    await change(deps, slot, endpoint, (circuit) => {
      const after = afterAttempts(circuit, tally, deps.clock.now());
      opened = circuit.state === 'closed' && after.state === 'open';
      return after === circuit ? undefined : after;
    });
    if (opened) await tellOpened(deps, endpoint, slot.circuit);
  }
}

async function endProbe(
  deps: CircuitBreakerDeps,
  slot: Slot,
  endpoint: Endpoint,
  succeeded: boolean,
): Promise<void> {
  const { clock, lanes, logger, events } = deps;
  const openedAtMs = slot.circuit.openedAtMs ?? clock.now();
  await change(deps, slot, endpoint, (circuit) => afterProbe(circuit, succeeded, clock.now()));
  if (!isClosed(slot)) return;
  const { tenantId, endpointId } = endpoint;
  await lanes.endDeferrals(tenantId, endpointId);
  logger.info('circuit.closed', { endpointId });
  await events.circuitClosed({ endpoint, openedAtMs, atMs: clock.now() });
}

function isClosed({ circuit }: Slot): boolean {
  return circuit.state === 'closed';
}

async function tellOpened(
  { events, logger, clock }: CircuitBreakerDeps,
  endpoint: Endpoint,
  circuit: StoredCircuit,
): Promise<void> {
  const { openedAtMs = clock.now(), nextProbeAtMs = openedAtMs } = circuit;
  logger.warn('circuit.opened', { endpointId: endpoint.endpointId });
  await events.circuitOpened({ endpoint, openedAtMs, nextProbeAtMs });
}

function addToTally(slot: Slot, outcome: AttemptOutcome, nowMs: number): void {
  const fresh = slot.tally.attemptCount > 0 && nowMs - slot.tallySinceMs < TALLY_MS_MAX;
  const { attemptCount, failureCount, unansweredInRow } = fresh ? slot.tally : NO_ATTEMPTS;
  if (!fresh) slot.tallySinceMs = nowMs;
  slot.tally = {
    attemptCount: attemptCount + 1,
    failureCount: failureCount + (outcome === 'delivered' ? 0 : 1),
    unansweredInRow: outcome === 'unanswered' ? unansweredInRow + 1 : 0,
  };
}

function recall(slots: Map<string, Slot>, endpointId: string): Slot {
  const slot: Slot = slots.get(endpointId) ?? {
    circuit: CLOSED_CIRCUIT,
    readAtMs: Number.NEGATIVE_INFINITY,
    reading: undefined,
    tally: NO_ATTEMPTS,
    tallySinceMs: 0,
    flushing: undefined,
    endpointAtMs: undefined,
  };
  slots.delete(endpointId);
  slots.set(endpointId, slot);
  const [oldest] = slots.keys();
  if (slots.size > SLOT_COUNT_MAX && oldest !== undefined) slots.delete(oldest);
  return slot;
}
