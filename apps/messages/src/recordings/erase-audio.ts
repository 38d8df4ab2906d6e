import { AppError } from '@earshot/domain';
import { recordingFolder, type ObjectStore } from '@earshot/storage/objects';

/** Deletes everything that is kept of conversations, or of one session of one: files, parts, and leftovers of either. */
export async function eraseAudio(
  objects: Pick<ObjectStore, 'list' | 'delete'>,
  places: readonly Parameters<typeof recordingFolder>[0][],
): Promise<void> {
  for (const place of places) {
    const keys = await objects.list(recordingFolder(place));
    if (keys.length > 0) await objects.delete(keys);
  }
}

/** The audio cannot be deleted by a process that is not told where it is: nothing else of the call may be forgotten then. */
export function audioOutOfReach(): AppError {
  const message = 'Cannot erase recordings: neither RECORDING_DIRECTORY nor RECORDING_S3_BUCKET is set';
  return new AppError('messages.recordings-out-of-reach', message, {
    retryable: true,
    publicMessage: 'Recordings cannot be erased: this deployment names no place where they are kept',
  });
}
