import { AppError, isCodedError, type EndedReason } from '@earshot/domain';
import type { CallSessionJob, JobContext, JobOutcome } from '@earshot/queues';
import type { CallStore, EndSessionInput, LeasedSession } from '@earshot/storage';
import { openCallEngine, type CallEngineDeps } from './call-engine.ts';
import type { KinesisRoles } from './kinesis-roles.ts';
import { MediaNotes } from './media-notes.ts';
import { describeTrouble } from './trouble.ts';
import { transcribeCall, type TranscribeCallDeps } from './transcribe-call.ts';

/** Failures of one session, its workers' deaths apart, after which it is given up. */
export const SESSION_ATTEMPTS_MAX = 5;

/** The recogniser is each call's own. */
export interface WorkerDeps extends Omit<TranscribeCallDeps, 'recognizer'> {
  readonly calls: CallStore;
  readonly engines: CallEngineDeps['engines'];
  readonly roles: KinesisRoles;
  /** Told when a call has ended; absent where nothing is recorded. */
  readonly finisher?: { wake(): void };
}

/** Handles one job of the `call-sessions` queue: one lease of one session, from take-over to end. */
export async function handleCallSession(
  deps: WorkerDeps,
  job: CallSessionJob,
  context: Pick<JobContext, 'signal' | 'attemptsMade'>,
): Promise<JobOutcome> {
  const lease = await deps.calls.lease(job.tenantId, job.sessionId);
  if (lease === undefined) return { type: 'done' };
  const { session, leaseEpoch } = lease;
  const logger = deps.logger.child({ sessionId: job.sessionId, leaseEpoch });
  const ofSession = { ...deps, logger };
  const notes = new MediaNotes(ofSession, session.mediaReport, leaseEpoch);
  logger.info('call.leased', { resumed: lease.checkpoint !== null && lease.checkpoint !== undefined });
  deps.metrics.activeCalls.add(1);
  if (leaseEpoch > 1) deps.metrics.takenOver.add();
  try {
    await deps.roles.learn(job.tenantId, session.media.streamArn);
    const recognizer = await openCallEngine(ofSession, session.settings);
    const outcome = await transcribeCall({ ...ofSession, recognizer }, lease, context.signal, notes);
    logger.info('call.left', { outcome: outcome.type });
    if (outcome.type === 'handed-over') return { type: 'hand-over' };
    if (outcome.type === 'ended') await endSession(ofSession, lease, { ...outcome, trouble: undefined });
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
    const trouble = describeTrouble(error);
    const mediaReport = notes.fail(trouble);
    await endSession(ofSession, lease, { reason: 'failed', trouble, progress: [], mediaReport });
    return { type: 'done' };
  } finally {
    deps.roles.forget(session.media.streamArn);
    deps.metrics.activeCalls.add(-1);
  }
}

interface Ending extends Pick<EndSessionInput, 'trouble' | 'progress' | 'mediaReport'> {
  readonly reason: EndedReason;
}

async function endSession(
  deps: WorkerDeps,
  lease: LeasedSession,
  { reason, trouble, progress, mediaReport }: Ending,
): Promise<void> {
  const { tenantId, sessionId } = lease.session;
  const ending = {
    tenantId,
    sessionId,
    leaseEpoch: lease.leaseEpoch,
    reason,
    trouble,
    progress,
    mediaReport,
  };
  const ended = await deps.calls.endSession({ ...ending, endedAtMs: deps.clock.now() });
  if (ended !== 'ended') return;
  tellEnded(deps.live, lease);
  if (lease.session.settings.audioRecordingAllowed) deps.finisher?.wake();
  deps.metrics.endedCalls.add(1, { reason });
  deps.logger.info('call.media', { reason, ...mediaReport });
}

function tellEnded(live: WorkerDeps['live'], { session }: LeasedSession): void {
  const { tenantId, conversationId, sessionId } = session;
  if (live?.bus.isWatched(tenantId, conversationId, 'any') !== true) return;
  live.bus.publish({ type: 'ended', tenantId, conversationId, sessionId });
}
