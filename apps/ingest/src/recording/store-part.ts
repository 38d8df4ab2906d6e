import { AppError, beforeAbort, within } from '@earshot/domain';
import { muxRecordingPart } from '@earshot/recordings';
import type { LeasedSession, RecordingStore } from '@earshot/storage';
import type { ObjectStore } from '@earshot/storage/objects';
import type { Logger } from '@earshot/telemetry';
import { FencedError } from '../stages/commit.ts';
import type { DueStretch } from './call-tapes.ts';
import { partKey } from './object-keys.ts';
import type { RecordingMetrics } from './recording-metrics.ts';

export interface StorePartDeps {
  readonly recordings: Pick<RecordingStore, 'addPart'>;
  readonly objects: Pick<ObjectStore, 'put' | 'delete'>;
  readonly metrics: Pick<RecordingMetrics, 'recordingParts'>;
  readonly logger: Logger;
}

export interface PartOf {
  readonly lease: LeasedSession;
  readonly startedAtMs: number;
  /** Of this worker and call: 1, 2, 3 ... */
  readonly attempt: number;
  /** A store that answers later may still succeed, which leaves an object that the finishing deletes. */
  readonly putMsMax: number;
}

/** `failed`: to be tried again. `refused`: the recording takes no parts any more. */
export type StoredPart =
  | { readonly type: 'stored'; readonly toMs: number }
  | { readonly type: 'failed' }
  | { readonly type: 'refused' };

/**
 * Writes a stretch, muted, as an object and then as a row.
 *
 * @throws FencedError once another worker has the session; nothing is left of the part then
 */
export async function storePart(
  deps: StorePartDeps,
  { stretch, holes }: DueStretch,
  { lease, startedAtMs, attempt, putMsMax }: PartOf,
  signal: AbortSignal,
): Promise<StoredPart> {
  const { tenantId, sessionId } = lease.session;
  const { leaseEpoch } = lease;
  const { fromMs, toMs } = stretch;
  const bytes = muxRecordingPart(stretch);
  const objectKey = partKey(lease.session, { fromMs, leaseEpoch, attempt });
  try {
    const put = deps.objects.put(objectKey, only(bytes));
    await within(beforeAbort(put, signal), putMsMax, () => storeLate(putMsMax));
    const part = { fromMs, toMs, objectKey, byteCount: bytes.byteLength, holes };
    const outcome = await deps.recordings.addPart({ tenantId, sessionId, leaseEpoch }, part, startedAtMs);
    if (outcome.type === 'fenced') throw new FencedError('Cannot record: the session has another worker');
    if (outcome.type === 'refused' || outcome.part.objectKey !== objectKey) await forget(deps, objectKey);
    if (outcome.type === 'refused') return outcome;
    deps.metrics.recordingParts.add(1, { outcome: 'stored' });
    return { type: 'stored', toMs: outcome.part.toMs };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof FencedError) {
      await forget(deps, objectKey);
      throw error;
    }
    deps.metrics.recordingParts.add(1, { outcome: 'failed' });
    deps.logger.warn('recording.part-failed', { error, fromMs, attempt });
    return { type: 'failed' };
  }
}

function storeLate(putMsMax: number): AppError {
  const message = `Cannot store part of a recording: it took longer than ${putMsMax} ms`;
  return new AppError('recording.store-late', message, { retryable: true });
}

/** What is not deleted now is when the recording is finished. */
async function forget({ objects, logger }: StorePartDeps, objectKey: string): Promise<void> {
  try {
    await objects.delete([objectKey]);
  } catch (error) {
    logger.warn('recording.part-left-over', { error });
  }
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}
