import type { Clock } from '@earshot/domain';
import type { Delivery, DeliveryResult, LaneKey } from '@earshot/storage';
import type { Logger } from '@earshot/telemetry';
import { classifyResponse, type Verdict } from './classify-response.ts';
import type { EndpointDirectory, EndpointVisit } from './endpoint-directory.ts';
import type { ExcessTrimmer } from './excess-trimmer.ts';
import type { GroupedCalls } from './group-calls.ts';
import type { LaneHold } from './lane-hold.ts';
import type { LaneWakes, LaneWatch } from './lane-wakes.ts';
import { openBody, type OpenSealed } from './open-body.ts';
import { post } from './post.ts';
import type { DeliveryMetrics } from './delivery-metrics.ts';

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
  readonly directory: Pick<EndpointDirectory, 'enter'>;
  readonly openSealed: OpenSealed;
  readonly trimmer: ExcessTrimmer;
  /** Told of the body of a transcript before it is sent to an endpoint with `partials`. */
  readonly finalStarts: (body: string) => void;
  readonly metrics: DeliveryMetrics;
  readonly userAgent: string;
  /** How long a lane without messages is kept, so that the next one finds it open. */
  readonly lingerMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** One run over one lane, while this process holds it. */
interface LaneRun {
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

/** What became of one row: `again` leaves it pending and has the lane read anew. */
type Step = 'settled' | 'again' | 'stopped';

/**
 * Delivers a lane's messages in strict order: holds the lane, sends what is pending one after the other, lingers
 * until nothing came for `lingerMs`, and gives the lane up. `handed-over` leaves work to another process.
 */
export async function deliverLane(
  deps: DeliverLaneDeps,
  lane: LaneKey,
  signal: AbortSignal,
): Promise<'done' | 'handed-over'> {
  // Watched before it is held: once it is held, writers only notify.
  const watch = deps.wakes.watch(lane);
  try {
    const hold = await deps.takeHold(lane);
    if (hold === undefined) return 'done';
    const stop = AbortSignal.any([signal, hold.lost]);
    try {
      await serve(deps, { lane, watch, hold, stop, sequence: 0, epoch: 0 });
    } finally {
      await hold.giveUp();
    }
    return signal.aborted ? 'handed-over' : 'done';
  } finally {
    watch.close();
  }
}

async function serve(deps: DeliverLaneDeps, run: LaneRun): Promise<void> {
  for (;;) {
    await drain(deps, run);
    const heard = await run.watch.next(deps.lingerMs, run.stop);
    if (heard === 'aborted') return;
    if (heard === 'quiet') {
      if (await run.hold.release()) return;
      // Rows are pending that no notification told of, perhaps among those passed over.
      run.sequence = 0;
    }
  }
}

/** Sends until nothing is pending. Whatever is committed during the last read rings the watch. */
async function drain(deps: DeliverLaneDeps, run: LaneRun): Promise<void> {
  while (!run.stop.aborted) {
    const rows = await deps.fetchPending.call({ lane: run.lane, afterSequence: run.sequence });
    if (rows.length === 0) return;
    for (const row of rows) {
      const step = await deliverOne(deps, run, row, rows.length > 1);
      if (step === 'stopped') return;
      if (step === 'again') break;
      run.sequence = row.sequence;
    }
  }
}

async function deliverOne(
  deps: DeliverLaneDeps,
  run: LaneRun,
  row: Delivery,
  behind: boolean,
): Promise<Step> {
  const { tenantId, endpointId } = run.lane;
  const entered = await deps.directory.enter(tenantId, endpointId, run.stop);
  if (entered.type === 'aborted') return 'stopped';
  if (entered.type === 'unknown') return await settle(deps, run, row, dropped('webhook.endpoint-gone'), 0);
  const { visit } = entered;
  try {
    const { endpoint } = visit.entry;
    if (!endpoint.enabled || endpoint.stateReason !== undefined) {
      return await settle(deps, run, row, dropped('webhook.endpoint-disabled'), 0);
    }
    if (behind || visit.crowded) {
      const epoch = await deps.trimmer.trim(endpoint);
      if (epoch !== run.epoch) {
        run.epoch = epoch;
        return 'again';
      }
    }
    if (deps.clock.now() - row.createdAtMs > endpoint.pendingAgeMaxMs) {
      return await settle(deps, run, row, dropped('webhook.too-old'), 0);
    }
    return await attempt(deps, run, row, visit);
  } finally {
    visit.leave();
  }
}

async function attempt(
  deps: DeliverLaneDeps,
  run: LaneRun,
  row: Delivery,
  visit: EndpointVisit,
): Promise<Step> {
  const { endpoint, url, auth, dispatcher } = visit.entry;
  const { timeoutMs } = endpoint;
  const opened = await openBody(deps.openSealed, row);
  if (opened.type === 'open' && endpoint.partials) deps.finalStarts(opened.body);
  const outcome =
    opened.type === 'broken'
      ? opened
      : await post(
          { url, auth, dispatcher, timeoutMs },
          { ...row, body: opened.body },
          {
            userAgent: deps.userAgent,
            nowMs: deps.clock.now(),
            signal: run.stop,
          },
        );
  // Whether the target got it is unknown: it stays pending, whoever has the lane next sends it again.
  if (outcome.type === 'aborted') return 'stopped';
  return await settle(
    deps,
    run,
    row,
    { ...classifyResponse(outcome, timeoutMs), attempted: true },
    outcome.durationMs,
  );
}

type Settlement = Verdict & { readonly attempted: boolean };

function dropped(errorCode: string): Settlement {
  return { state: 'dropped', status: undefined, errorCode, detail: undefined, attempted: false };
}

async function settle(
  deps: DeliverLaneDeps,
  run: LaneRun,
  row: Delivery,
  settlement: Settlement,
  durationMs: number,
): Promise<Step> {
  const atMs = deps.clock.now();
  const { deliveryId } = row;
  deps.metrics.settled(settlement, atMs - row.createdAtMs);
  if (settlement.state !== 'delivered') {
    const { state, status, errorCode } = settlement;
    deps.logger.warn('delivery.not-delivered', { deliveryId, ...run.lane, state, status, errorCode });
  }
  const recorded = await deps.recordResult.call({ deliveryId, ...settlement, durationMs, atMs });
  if (!recorded) deps.logger.warn('delivery.not-recorded', { deliveryId, ...run.lane });
  return 'settled';
}
