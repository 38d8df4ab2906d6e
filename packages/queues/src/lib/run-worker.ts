import { isCodedError, within } from '@earshot/domain';
import { UnrecoverableError, WaitingError, type Job } from 'bullmq';
import type {
  JobHandler,
  JobOutcome,
  QueueConnection,
  QueueContract,
  RunningWorker,
} from './contract-types.ts';
import { trackJobRuns, type JobRuns } from './job-runs.ts';
import { createJoinRuns, type JoinRuns } from './join-runs.ts';
import { queueError } from './queue-error.ts';
import { linkOf, type LinkWorker, type WorkerSettings } from './queue-link.ts';

export interface WorkerRunOptions {
  /** Jobs at once; a job that waits costs a promise, so thousands are fine. */
  readonly concurrency: number;
  /** How long `close` waits for running jobs; 10 000 ms by default. */
  readonly drainMs?: number;
  /** Hears of handlers that threw, lost locks and broken connections. */
  readonly onError: (error: unknown) => void;
}

const START_TIMEOUT_MS = 10_000;
/** BullMQ's default of 15 s would leave a live call without a worker after a short outage. */
const RECOVERY_DELAY_MS = 1_000;
/** A process that is kept busy for a while must not lose its jobs: most of the lock's length is left for that. */
const LOCK_RENEWAL_MS_MAX = 1_000;
/**
 * A worker that is killed between being woken for a job and taking it leaves the others asleep until their wait ends;
 * BullMQ's default is 5 s.
 */
const WAKE_LOST_SECONDS_MAX = 1;
/** What a close may take after the last job has ended, to write that job's end. */
const CLOSE_GRACE_MS = 2_000;

/**
 * Runs a queue's jobs until it is closed. A handler that throws is tried again up to `attemptsMax` times, unless the
 * error says that it is not retryable; what it throws after its signal has fired counts as a hand-over. Rejects
 * `queues.unavailable` when the backend cannot be reached within 10 s.
 */
export async function runWorker<Payload>(
  connection: QueueConnection,
  contract: QueueContract<Payload>,
  handler: JobHandler<Payload>,
  { concurrency, drainMs = 10_000, onError }: WorkerRunOptions,
): Promise<RunningWorker> {
  const runs = trackJobRuns(contract.lockDurationMs, contract.onLockLost);
  const join: JoinRuns = contract.onLockLost === 'go-on' ? createJoinRuns() : (_jobId, handle) => handle();
  let isPaused = false;
  const worker = linkOf(connection).openWorker(
    contract.name,
    (job, token) =>
      processJob({ contract, handler, runs, join, onError, isPaused: () => isPaused }, job, token),
    workerSettings(contract, concurrency),
    {
      onError,
      onLocksRenewed: (jobIds) => runs.renewed(jobIds),
      onLocksLost: (jobIds) => runs.lost(jobIds),
    },
  );
  const limit = () => new Error(`No answer within ${START_TIMEOUT_MS} ms`);
  try {
    await within(worker.waitUntilReady(), START_TIMEOUT_MS, limit);
  } catch (error) {
    await closeWorker(worker, runs, 0, onError);
    throw queueError('queues.unavailable', `Cannot run worker of queue ${contract.name}`, error);
  }
  let closing: Promise<void> | undefined;
  return {
    pause: async () => {
      isPaused = true;
      await worker.pause(true);
    },
    resume: async () => {
      if (closing !== undefined) return;
      isPaused = false;
      await worker.resume();
    },
    close: () => (closing ??= closeWorker(worker, runs, drainMs, onError)),
  };
}

function workerSettings<Payload>(contract: QueueContract<Payload>, concurrency: number): WorkerSettings {
  return {
    concurrency,
    lockDuration: contract.lockDurationMs,
    lockRenewTime: Math.min(LOCK_RENEWAL_MS_MAX, contract.lockDurationMs / 2),
    stalledInterval: contract.stalledIntervalMs,
    maxStalledCount: contract.stalledCountMax,
    runRetryDelay: RECOVERY_DELAY_MS,
    drainDelay: WAKE_LOST_SECONDS_MAX,
    removeOnComplete: { count: 0 },
    removeOnFail: { age: contract.keepFailed.ageSeconds, count: contract.keepFailed.count },
  };
}

interface Processing<Payload> {
  readonly contract: QueueContract<Payload>;
  readonly handler: JobHandler<Payload>;
  readonly runs: JobRuns;
  readonly join: JoinRuns;
  readonly onError: (error: unknown) => void;
  readonly isPaused: () => boolean;
}

async function processJob<Payload>(
  { contract, handler, runs, join, onError, isPaused }: Processing<Payload>,
  job: Job,
  token: string | undefined,
): Promise<void> {
  const jobId = job.id ?? '';
  // Fetched in the moment the worker was paused.
  if (isPaused()) return handOver(job, token, onError);
  const run = runs.start(jobId);
  try {
    const outcome = await join(jobId, () =>
      outcomeOf(run.signal, onError, () =>
        handler(contract.parse(job.data), {
          jobId,
          signal: run.signal,
          attemptsMade: job.attemptsMade,
          stalledCount: job.stalledCounter,
        }),
      ),
    );
    if (outcome.type === 'hand-over') await handOver(job, token, onError);
  } finally {
    run.end();
  }
}

/** Maps what a handler throws; the queue keeps only the code of it, since texts of others may hold anything. */
async function outcomeOf(
  signal: AbortSignal,
  onError: (error: unknown) => void,
  handle: () => Promise<JobOutcome>,
): Promise<JobOutcome> {
  // Taken in the moment the worker closed.
  if (signal.aborted) return { type: 'hand-over' };
  try {
    return await handle();
  } catch (error) {
    onError(error);
    if (signal.aborted) return { type: 'hand-over' };
    const reason = isCodedError(error) ? error.code : error instanceof Error ? error.name : typeof error;
    if (isCodedError(error) && !error.retryable) throw new UnrecoverableError(reason);
    throw new Error(reason);
  }
}

/**
 * Puts the job back in front of the queue without counting an attempt. Not by a delay of a millisecond: delayed jobs
 * make claims deadlock on PostgreSQL. When the lock is gone or the backend away the job is left as it is, and the
 * worker that finds it stalled goes on.
 */
async function handOver(
  job: Job,
  token: string | undefined,
  onError: (error: unknown) => void,
): Promise<never> {
  try {
    await job.moveToWait(token);
  } catch (error) {
    onError(error);
  }
  throw new WaitingError();
}

async function closeWorker(
  worker: LinkWorker,
  runs: JobRuns,
  drainMs: number,
  onError: (error: unknown) => void,
): Promise<void> {
  const report = (error: unknown): void => onError(error);
  const paused = worker.pause(true);
  runs.abortAll(new Error('Cannot go on with job: the worker closes'));
  await paused;
  const late = () =>
    queueError(
      'queues.drain-timeout',
      `Cannot drain worker: ${runs.count} jobs still run after ${drainMs} ms`,
    );
  if (runs.count > 0) await within(runs.whenIdle(), drainMs, late).catch(report);
  // Forced when jobs still run: their locks are not renewed any more, so other workers take them over.
  const stuck = () => queueError('queues.drain-timeout', `Cannot close worker within ${CLOSE_GRACE_MS} ms`);
  await within(worker.close(runs.count > 0), CLOSE_GRACE_MS, stuck).catch(async (error: unknown) => {
    onError(error);
    await within(worker.disconnect(), CLOSE_GRACE_MS, stuck).catch(report);
  });
}
