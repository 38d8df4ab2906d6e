import { AppError, isCodedError, type EndedReason } from '@earshot/domain';
import type { CallSessionJob, JobContext, JobOutcome } from '@earshot/queues';
import type { CallStore, LeasedSession, SessionTrouble, StreamProgress } from '@earshot/storage';
import type { KinesisRoles } from './kinesis-roles.ts';
import { describeTrouble } from './trouble.ts';
import { transcribeCall, type TranscribeCallDeps } from './transcribe-call.ts';

/** Failures of one session, its workers' deaths apart, after which it is given up. */
export const SESSION_ATTEMPTS_MAX = 5;

export interface WorkerDeps extends TranscribeCallDeps {
  readonly calls: CallStore;
  readonly roles: KinesisRoles;
}

/** Handles one job of the `call-sessions` queue: one lease of one session, from take-over to end. */
export async function handleCallSession(
  deps: WorkerDeps,
  job: CallSessionJob,
  context: Pick<JobContext, 'signal' | 'attemptsMade'>,
): Promise<JobOutcome> {
  const lease = await deps.calls.lease(job.tenantId, job.sessionId);
  if (lease === undefined) return { type: 'done' };
  const logger = deps.logger.child({ sessionId: job.sessionId, leaseEpoch: lease.leaseEpoch });
  logger.info('call.leased', { resumed: lease.checkpoint !== null && lease.checkpoint !== undefined });
  deps.metrics.activeCalls.add(1);
  try {
    await deps.roles.learn(job.tenantId, lease.session.media.streamArn);
    const outcome = await transcribeCall(deps, lease, context.signal);
    logger.info('call.left', { outcome: outcome.type });
    if (outcome.type === 'handed-over') return { type: 'hand-over' };
    if (outcome.type === 'ended') await endSession(deps, lease, outcome.reason, undefined, outcome.progress);
    return { type: 'done' };
  } catch (error) {
    const passing = !isCodedError(error) || error.retryable;
    logger.error('call.failed', { error, attempt: context.attemptsMade + 1 });
    if (passing && context.attemptsMade + 1 < SESSION_ATTEMPTS_MAX) {
      throw new AppError('ingest.session-failed', 'Cannot go on with the session, trying again', {
        retryable: true,
        cause: error,
      });
    }
    await endSession(deps, lease, 'failed', describeTrouble(error), []);
    return { type: 'done' };
  } finally {
    deps.roles.forget(lease.session.media.streamArn);
    deps.metrics.activeCalls.add(-1);
  }
}

async function endSession(
  deps: WorkerDeps,
  lease: LeasedSession,
  reason: EndedReason,
  trouble: SessionTrouble | undefined,
  progress: readonly StreamProgress[],
): Promise<void> {
  const { tenantId, sessionId } = lease.session;
  const ending = { tenantId, sessionId, leaseEpoch: lease.leaseEpoch, reason, trouble, progress };
  const ended = await deps.calls.endSession({ ...ending, endedAtMs: deps.clock.now() });
  if (ended === 'ended') deps.metrics.endedCalls.add(1, { reason });
}
