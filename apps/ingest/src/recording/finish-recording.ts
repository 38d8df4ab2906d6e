import { isRecordingError } from '@earshot/recordings';
import type { FinishClaim, FinishResult, Recording, RecordingStore } from '@earshot/storage';
import { recordingFolder, type ObjectStore } from '@earshot/storage/objects';
import type { Logger } from '@earshot/telemetry';
import { makeFile } from './make-file.ts';
import { recordingKey } from './object-keys.ts';
import type { RecordingMetrics } from './recording-metrics.ts';

/** The claim is renewed as bytes go by. */
export const CLAIM_MS = 20_000;
const RENEW_MS = 5000;
const TRIES_MAX = 6;
/** After the first failure, doubled with each. */
const AGAIN_MS = 5000;

export interface FinishRecordingDeps {
  readonly recordings: Pick<
    RecordingStore,
    'find' | 'listParts' | 'listMessages' | 'finish' | 'extend' | 'forgetParts'
  >;
  readonly objects: ObjectStore;
  readonly clock: { now(): number };
  readonly metrics: Pick<RecordingMetrics, 'recordingsFinished'>;
  readonly logger: Logger;
}

/** Another one finishes the recording, or it is being erased. */
class ClaimLostError extends Error {
  override readonly name = 'ClaimLostError';
}

/**
 * Makes one file of the parts, reads it back, and deletes the parts once the file is the recording. What fails for a
 * passing reason is tried again later, at most `TRIES_MAX` times in all; what fails for good keeps its parts until it is
 * erased.
 *
 * @param signal ends a try; another one may begin at once
 */
export async function finishRecording(
  deps: FinishRecordingDeps,
  claim: FinishClaim,
  signal: AbortSignal,
): Promise<void> {
  const { recording, tries } = claim;
  const logger = deps.logger.child({ sessionId: recording.sessionId, tries });
  const result = await tryToFinish({ ...deps, logger }, claim, signal);
  if (result === undefined || !(await deps.recordings.finish(claim, result, deps.clock.now()))) {
    await clearErased(deps, claim);
    return;
  }
  deps.metrics.recordingsFinished.add(1, { outcome: result.type });
  if (result.type === 'failed') logger.error('recording.failed', { problem: result.problem });
  if (result.type !== 'ready') return;
  logger.info('recording.ready', { durationMs: result.durationMs, byteCount: result.file.byteCount });
  await clearParts(deps, recording);
}

/** Deletes what a finished recording was made of, parts that never became rows among it. */
export async function clearParts(
  { objects, recordings }: Pick<FinishRecordingDeps, 'objects' | 'recordings'>,
  recording: Recording,
): Promise<void> {
  const fileKey = recordingKey(recording);
  const keys = await objects.list(recordingFolder(recording));
  await objects.delete(keys.filter((key) => key !== fileKey));
  await recordings.forgetParts(recording);
}

/** `undefined` when the claim was lost. */
async function tryToFinish(
  deps: FinishRecordingDeps,
  claim: FinishClaim,
  signal: AbortSignal,
): Promise<FinishResult | undefined> {
  try {
    return await makeFile(deps, claim, claimKeeper(deps, claim, signal));
  } catch (error) {
    if (error instanceof ClaimLostError) return undefined;
    if (signal.aborted) return { type: 'again', delayMs: 0 };
    deps.logger.warn('recording.not-finished', { error });
    return judge(error, claim);
  }
}

function judge(error: unknown, { tries }: FinishClaim): FinishResult {
  if (isRecordingError(error) && !error.retryable) return { type: 'failed', problem: error.code };
  if (tries >= TRIES_MAX) return { type: 'failed', problem: 'recordings.tries-exhausted' };
  return { type: 'again', delayMs: AGAIN_MS * 2 ** (tries - 1) };
}

/** To be called as bytes go by. */
function claimKeeper(
  { recordings, clock }: FinishRecordingDeps,
  claim: FinishClaim,
  signal: AbortSignal,
): () => Promise<void> {
  let renewedAtMs = clock.now();
  return async () => {
    signal.throwIfAborted();
    if (clock.now() - renewedAtMs < RENEW_MS) return;
    renewedAtMs = clock.now();
    if (!(await recordings.extend(claim, CLAIM_MS)))
      throw new ClaimLostError('Cannot go on: the claim is lost');
  };
}

/** Where another one finishes the recording its objects are needed; where it is erased, nothing made since may stay. */
async function clearErased(
  { recordings, objects }: FinishRecordingDeps,
  { recording }: FinishClaim,
): Promise<void> {
  const found = await recordings.find(recording);
  if (found !== undefined && found.state !== 'erasing') return;
  await objects.delete(await objects.list(recordingFolder(recording)));
}
