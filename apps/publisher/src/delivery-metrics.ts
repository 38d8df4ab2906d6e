import type { DeliveryResult } from '@earshot/storage';
import type { Metrics } from '@earshot/telemetry';
import type { PostOutcome } from './post.ts';

const AGE_BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export interface Backlog {
  readonly pendingCount: number;
  readonly oldestAgeMs: number;
  /** Circuits. */
  readonly open: number;
  readonly halfOpen: number;
}

export interface DeliveryMetrics {
  /** One POST that ended. */
  attempted(outcome: Exclude<PostOutcome, { readonly type: 'aborted' }>): void;
  /** `ageMs` is the time since the message was committed. A message that is to be tried again is not settled. */
  settled(result: Pick<DeliveryResult, 'state'>, ageMs: number): void;
  trimmed(count: number): void;
  swept(count: number): void;
  /** What waits at all endpoints together. */
  backlog(backlog: Backlog): void;
  laneOpened(): void;
  laneClosed(): void;
}

export function createDeliveryMetrics(metrics: Metrics): DeliveryMetrics {
  const attempts = metrics.counter({
    name: 'earshot_delivery_attempts_total',
    help: 'POSTs to endpoints, by outcome: class of the status, timeout or connection',
    labels: ['outcome'],
  });
  const settled = metrics.counter({
    name: 'earshot_deliveries_total',
    help: 'Messages settled at an endpoint, by outcome; dead is a dead letter',
    labels: ['state'],
  });
  const age = metrics.histogram({
    name: 'earshot_delivery_seconds',
    help: 'Time from the commit of a message to the 2xx of its endpoint',
    buckets: AGE_BUCKETS_SECONDS,
  });
  const swept = metrics.counter({
    name: 'earshot_lanes_swept_total',
    help: 'Lanes found by the sweeper: their next attempt is due, or their wake-up was lost',
  });
  const open = metrics.gauge({ name: 'earshot_lanes_open', help: 'Lanes this process works on' });
  const setBacklog = backlogGauges(metrics);
  return {
    attempted: (outcome) => attempts.add(1, { outcome: outcomeLabel(outcome) }),
    settled({ state }, ageMs) {
      if (state === 'retry') return;
      settled.add(1, { state });
      if (state === 'delivered') age.observe(ageMs / 1000);
    },
    trimmed: (count) => settled.add(count, { state: 'dropped' }),
    swept: (count) => swept.add(count),
    backlog: setBacklog,
    laneOpened: () => open.add(1),
    laneClosed: () => open.add(-1),
  };
}

/** The same in every process, since they are read from the store: take the maximum, not the sum. */
function backlogGauges(metrics: Metrics): (backlog: Backlog) => void {
  const pending = metrics.gauge({
    name: 'earshot_deliveries_pending',
    help: 'Messages that wait at all endpoints together, counted up to 100000',
  });
  const oldest = metrics.gauge({
    name: 'earshot_deliveries_oldest_pending_seconds',
    help: 'Age of the oldest message that waits',
  });
  const circuits = metrics.gauge({
    name: 'earshot_circuits',
    help: 'Endpoints whose circuit is not closed, by state',
    labels: ['state'],
  });
  return ({ pendingCount, oldestAgeMs, open, halfOpen }) => {
    pending.set(pendingCount);
    oldest.set(oldestAgeMs / 1000);
    circuits.set(open, { state: 'open' });
    circuits.set(halfOpen, { state: 'half-open' });
  };
}

function outcomeLabel(outcome: Parameters<DeliveryMetrics['attempted']>[0]): string {
  if (outcome.type === 'timed-out') return 'timeout';
  if (outcome.type === 'broken') return 'connection';
  return `${Math.floor(outcome.status / 100)}xx`;
}
