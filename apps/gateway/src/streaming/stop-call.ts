import type { StopStreamingBody } from '@earshot/api';
import type { Clock } from '@earshot/domain';
import type { CallSession, CallStore } from '@earshot/storage';
import type { Logger } from '@earshot/telemetry';
import { checkNamespace } from './namespace.ts';
import { refuse, type Refusal } from './refusal.ts';
import type { SessionEndWatch } from './session-end-watch.ts';
import type { Caller } from './start-call.ts';

export interface StopCallDeps {
  readonly calls: Pick<CallStore, 'requestStop' | 'getSession' | 'markStopAnswered'>;
  readonly sessionEnds: Pick<SessionEndWatch, 'waitFor'>;
  /** How long a stop waits for the audio up to now to be transcribed. */
  readonly stopTimeoutMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** `session` carries the counts to answer with; its state tells whether they are final. */
export type StopCallOutcome = { readonly type: 'stopped'; readonly session: CallSession } | Refusal;

/**
 * Asks for the stop, waits until the session has ended or `stopTimeoutMs` is over, and answers its counts.
 * No transaction is open while it waits.
 */
export async function stopCall(
  deps: StopCallDeps,
  caller: Caller,
  body: StopStreamingBody,
): Promise<StopCallOutcome> {
  const stopAtMs = deps.clock.now();
  const namespace = checkNamespace(body.namespace);
  if (namespace !== undefined) return namespace;
  const outcome = await deps.calls.requestStop({ tenantId: caller.tenantId, guid: body.guid, stopAtMs });
  switch (outcome.type) {
    case 'unknown':
      return refuse('400-203', 'Cannot stop: there is no call with this guid');
    case 'stopped':
      return refuse('409-201', 'Cannot stop: transcription of this guid has already stopped');
    case 'pending':
      return refuse('409-202', 'Cannot stop: another request for this guid is in progress');
    case 'ended':
      return answer(deps, outcome.session);
    case 'stopping':
      return answer(deps, await awaitEnd(deps, outcome.session));
  }
}

async function answer(deps: StopCallDeps, session: CallSession): Promise<StopCallOutcome> {
  const { tenantId, sessionId } = session;
  const answeredAtMs = deps.clock.now();
  await deps.calls.markStopAnswered({ tenantId, sessionId, answeredAtMs });
  deps.logger.info('call.stopped', { sessionId, state: session.state, reason: session.endedReason });
  return { type: 'stopped', session };
}

/**
 * The wait is registered before the state is read once more, so an end between the request and the wait is
 * seen. Each wake-up only makes it read again: a notification may be about a gap.
 */
async function awaitEnd(deps: StopCallDeps, stopping: CallSession): Promise<CallSession> {
  const deadlineAtMs = performance.now() + deps.stopTimeoutMs;
  let session = stopping;
  for (;;) {
    const leftMs = deadlineAtMs - performance.now();
    const wait = deps.sessionEnds.waitFor(session.sessionId, Math.max(0, leftMs));
    try {
      session = (await deps.calls.getSession(session.tenantId, session.sessionId)) ?? session;
      if (session.state === 'ended' || leftMs <= 0) return session;
      await wait.woken;
    } finally {
      wait.cancel();
    }
  }
}
