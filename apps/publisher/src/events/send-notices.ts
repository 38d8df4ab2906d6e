import type { Clock } from '@earshot/domain';
import type { NoticeResult, OperationalEventStore, OperationalNotice } from '@earshot/storage';
import type { Logger } from '@earshot/telemetry';
import { classifyResponse } from '../classify-response.ts';
import type { EndpointDirectory, EndpointVisit } from '../endpoint-directory.ts';
import { post } from '../post.ts';
import { createRenewals } from '../renewals.ts';
import { presentEvent } from './present-event.ts';

export interface NoticeSenderDeps {
  readonly events: Pick<OperationalEventStore, 'takeDueNotices' | 'recordNotice'>;
  readonly directory: Pick<EndpointDirectory, 'enter'>;
  readonly userAgent: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Before the second attempt, the third ...; the eighth is the last. */
const RETRY_AFTER_MS: readonly number[] = [
  10_000, 60_000, 300_000, 1_800_000, 7_200_000, 21_600_000, 43_200_000,
];
/** Also the places an endpoint has for them, so that a pass takes no longer than one POST. */
export const NOTICES_PER_PASS_MAX = 10;
/** Longer than any POST may take; after it the notices of a process that died are taken by another. */
const LEASE_MS = 60_000;

/** Sends what is due, each once. Answers how many. */
export async function sendNotices(deps: NoticeSenderDeps, signal: AbortSignal): Promise<number> {
  const nowMs = deps.clock.now();
  const leaseUntilMs = nowMs + LEASE_MS;
  const notices = await deps.events.takeDueNotices({ nowMs, leaseUntilMs, limit: NOTICES_PER_PASS_MAX });
  await Promise.all(notices.map((notice) => sendNotice(deps, notice, signal)));
  return notices.length;
}

async function sendNotice(
  deps: NoticeSenderDeps,
  notice: OperationalNotice,
  signal: AbortSignal,
): Promise<void> {
  const { event, endpointId } = notice;
  const entered = await deps.directory.enter(event.tenantId, endpointId, signal);
  // A deleted endpoint took its notices along, and one not sent is taken again when its lease is over.
  if (entered.type !== 'entered') return;
  try {
    const result = await attempt(deps, notice, entered.visit, signal);
    if (result !== undefined) await deps.events.recordNotice(result);
  } finally {
    entered.visit.leave();
  }
}

async function attempt(
  deps: NoticeSenderDeps,
  { event, endpointId, attempt: attemptNumber }: OperationalNotice,
  { entry }: EndpointVisit,
  signal: AbortSignal,
): Promise<NoticeResult | undefined> {
  const { url, auth, dispatcher, endpoint } = entry;
  const { timeoutMs } = endpoint;
  const outcome = await post(
    { url, auth, dispatcher, timeoutMs },
    { webhookId: event.eventId, body: JSON.stringify(presentEvent(event)) },
    { userAgent: deps.userAgent, nowMs: deps.clock.now(), signal },
  );
  if (outcome.type === 'aborted') return undefined;
  const { state, status, errorCode } = classifyResponse(outcome, timeoutMs);
  const { tenantId, eventId } = event;
  const result = { tenantId, eventId, endpointId, status, errorCode };
  if (state === 'delivered') return { ...result, state, nextAttemptAtMs: undefined };
  const retryAfterMs = RETRY_AFTER_MS[attemptNumber - 1];
  deps.logger.warn('endpoint.event-not-delivered', { ...result, attempt: attemptNumber });
  return retryAfterMs === undefined
    ? { ...result, state: 'dead', nextAttemptAtMs: undefined }
    : { ...result, state: 'retry', nextAttemptAtMs: deps.clock.now() + retryAfterMs };
}

/** Sends at intervals; the answer stops it and waits for what is under way. */
export function startNoticeSender(deps: NoticeSenderDeps, everyMs: number): () => Promise<void> {
  const stop = new AbortController();
  const passes = createRenewals(everyMs, async () => {
    try {
      await sendNotices(deps, stop.signal);
    } catch (error) {
      deps.logger.warn('endpoint.events-not-sent', { error });
    }
    return true;
  });
  passes.start();
  return async () => {
    stop.abort();
    await passes.pause();
  };
}
