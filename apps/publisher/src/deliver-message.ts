import type { Delivery, Endpoint } from '@earshot/storage';
import { attemptDelivery } from './attempt-delivery.ts';
import type { EndpointVisit } from './endpoint-directory.ts';
import { AGAIN, STOPPED, type DeliverLaneDeps, type LaneRun, type Step } from './lane-run.ts';
import { settleDelivery, type Settlement } from './settle-delivery.ts';

/** Brings one message as far as its endpoint lets it: sends it, has it wait, or gives it up. */
export async function deliverMessage(
  deps: DeliverLaneDeps,
  run: LaneRun,
  row: Delivery,
  behind: boolean,
): Promise<Step> {
  const { tenantId, endpointId } = run.lane;
  const entered = await deps.directory.enter(tenantId, endpointId, run.stop);
  if (entered.type === 'aborted') return STOPPED;
  if (entered.type === 'unknown') {
    return await settleDelivery(deps, run, row, undefined, givenUp('dropped', 'webhook.endpoint-gone'));
  }
  const { visit } = entered;
  try {
    const { endpoint } = visit.entry;
    if (!endpoint.enabled || endpoint.stateReason !== undefined) {
      // A durable message is not lost by it: who enables the endpoint again may replay it.
      const state = endpoint.policy === 'durable' ? 'dead' : 'dropped';
      return await settleDelivery(deps, run, row, endpoint, givenUp(state, 'webhook.endpoint-disabled'));
    }
    return endpoint.policy === 'durable'
      ? await deliverDurable(deps, run, row, visit)
      : await deliverRealtime(deps, run, row, visit, behind);
  } finally {
    visit.leave();
  }
}

async function deliverDurable(
  deps: DeliverLaneDeps,
  run: LaneRun,
  row: Delivery,
  visit: EndpointVisit,
): Promise<Step> {
  if (visit.entry.endpoint.pausedAtMs !== undefined) return STOPPED;
  const { nextAttemptAtMs } = row;
  if (nextAttemptAtMs !== undefined && nextAttemptAtMs > deps.clock.now()) {
    return { type: 'wait', untilMs: nextAttemptAtMs };
  }
  return await attemptDelivery(deps, run, row, visit);
}

async function deliverRealtime(
  deps: DeliverLaneDeps,
  run: LaneRun,
  row: Delivery,
  visit: EndpointVisit,
  behind: boolean,
): Promise<Step> {
  const { endpoint } = visit.entry;
  const paused = endpoint.pausedAtMs !== undefined;
  if (behind || visit.crowded || paused) {
    const epoch = await deps.trimmer.trim(endpoint);
    if (epoch !== run.epoch) {
      run.epoch = epoch;
      return AGAIN;
    }
  }
  if (!row.replayed && isTooOld(endpoint, row, deps.clock.now())) {
    return await settleDelivery(deps, run, row, endpoint, givenUp('dropped', 'webhook.too-old'));
  }
  if (paused) return STOPPED;
  return await attemptDelivery(deps, run, row, visit);
}

function isTooOld({ pendingAgeMaxMs }: Endpoint, { createdAtMs }: Delivery, nowMs: number): boolean {
  return nowMs - createdAtMs > pendingAgeMaxMs;
}

function givenUp(state: 'dropped' | 'dead', errorCode: string): Settlement {
  return { state, attempted: false, status: undefined, errorCode, detail: undefined, durationMs: 0 };
}
