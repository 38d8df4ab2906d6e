import type { Clock } from '@earshot/domain';
import type { Delivery, DeliveryResult, EndpointStore, LaneKey } from '@earshot/storage';
import type { Logger } from '@earshot/telemetry';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { DeliveryMetrics } from './delivery-metrics.ts';
import type { EndpointDirectory } from './endpoint-directory.ts';
import type { EventReporter } from './events/event-reporter.ts';
import type { ExcessTrimmer } from './excess-trimmer.ts';
import type { GroupedCalls } from './group-calls.ts';
import type { LaneHold } from './lane-hold.ts';
import type { LaneWakes, LaneWatch } from './lane-wakes.ts';
import type { OpenSealed } from './open-body.ts';

/** Rows of one lane read at once; more of them would only grow stale behind a slow target. */
export const ROWS_PER_LANE_MAX = 16;

export interface PendingQuery {
  readonly lane: LaneKey;
  readonly afterSequence: number;
}

export interface DeliverLaneDeps {
  /** `undefined` when another process holds the lane. */
  readonly takeHold: (lane: LaneKey) => Promise<LaneHold | undefined>;
  readonly wakes: Pick<LaneWakes, 'watch'>;
  readonly fetchPending: GroupedCalls<PendingQuery, readonly Delivery[]>;
  /** Answers whether the result was recorded. */
  readonly recordResult: GroupedCalls<DeliveryResult, boolean>;
  readonly directory: Pick<EndpointDirectory, 'enter' | 'recheck'>;
  readonly endpoints: Pick<EndpointStore, 'disable'>;
  readonly circuits: CircuitBreaker;
  readonly events: Pick<EventReporter, 'endpointDisabled' | 'deadLetter'>;
  readonly openSealed: OpenSealed;
  readonly trimmer: ExcessTrimmer;
  /** Told of the body of a transcript before it is sent to an endpoint with `partials`. */
  readonly finalStarts: (body: string) => void;
  readonly metrics: DeliveryMetrics;
  readonly userAgent: string;
  /** How long a lane without messages is kept, so that the next one finds it open. */
  readonly lingerMs: number;
  /** In [0, 1), for the jitter of retries. */
  readonly random: () => number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** One run over one lane, while this process holds it. */
export interface LaneRun {
  readonly lane: LaneKey;
  readonly watch: LaneWatch;
  readonly hold: LaneHold;
  /** Fires when the run must end: the job is to be handed over, or the lane is lost. */
  readonly stop: AbortSignal;
  /** The last sequence dealt with. */
  sequence: number;
  /** The trimmer's answer under which the rows in memory were read. */
  epoch: number;
}

/**
 * What became of one row: `again` leaves it pending and has the lane read anew, `wait` leaves it pending until then,
 * `stopped` ends the run: the lane is to be handed over, lost, or paused.
 */
export type Step =
  | { readonly type: 'settled' }
  | { readonly type: 'again' }
  | { readonly type: 'stopped' }
  | { readonly type: 'wait'; readonly untilMs: number };

export const SETTLED: Step = { type: 'settled' };
export const AGAIN: Step = { type: 'again' };
export const STOPPED: Step = { type: 'stopped' };
