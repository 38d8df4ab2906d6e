import type { RetentionStore } from '@earshot/storage';
import { recordingsFolder, type ObjectStore } from '@earshot/storage/objects';
import { audioOutOfReach, eraseAudio } from '../recordings/erase-audio.ts';

export interface RecordingEraseDeps {
  readonly retention: Pick<
    RetentionStore,
    'claimExpiredRecordings' | 'forgetRecordings' | 'findGoneConversations'
  >;
  /** `undefined` where the deployment names no place for recordings. */
  readonly recordingObjects: ObjectStore | undefined;
}

export interface ErasedRecordings {
  readonly dueCount: number;
  /** Without those that another process had in hand as well and was done with first. */
  readonly erasedCount: number;
}

/** Erases a batch of recordings that are too old: audio first, then rows. */
export async function eraseExpiredRecordings(
  { retention, recordingObjects: objects }: RecordingEraseDeps,
  batch: { readonly tenantId: string; readonly nowMs: number; readonly limit: number },
): Promise<ErasedRecordings> {
  const { tenantId } = batch;
  const due = await retention.claimExpiredRecordings(batch);
  if (due.length === 0) return { dueCount: 0, erasedCount: 0 };
  if (objects === undefined) throw audioOutOfReach();
  await eraseAudio(
    objects,
    due.map((recording) => ({ tenantId, ...recording })),
  );
  const erasedCount = await retention.forgetRecordings(
    tenantId,
    due.map(({ sessionId }) => sessionId),
  );
  return { dueCount: due.length, erasedCount };
}

/** Conversations asked for at once. */
const FOLDERS_PER_BATCH = 1000;

/**
 * Deletes audio of conversations that are gone: what a process had stored and not yet recorded when it was killed. A folder is
 * there only after its conversation, so one that is listed and unknown is never a new one. Answers the count of folders, which
 * another process that sweeps at the same time may answer as well.
 */
export async function sweepRecordings(
  { retention, recordingObjects: objects }: RecordingEraseDeps,
  tenantId: string,
  signal: AbortSignal,
): Promise<number> {
  const folders = (await objects?.listFolders(recordingsFolder(tenantId))) ?? [];
  let sweptCount = 0;
  for (let start = 0; start < folders.length && !signal.aborted; start += FOLDERS_PER_BATCH) {
    const batch = folders.slice(start, start + FOLDERS_PER_BATCH);
    const gone = await retention.findGoneConversations(tenantId, batch);
    if (objects === undefined || gone.length === 0) continue;
    await eraseAudio(
      objects,
      gone.map((conversationId) => ({ tenantId, conversationId })),
    );
    sweptCount += gone.length;
  }
  return sweptCount;
}
