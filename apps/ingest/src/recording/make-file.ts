import { createHash } from 'node:crypto';
import { assembleRecording, checkRecording, readCaptions } from '@earshot/recordings';
import type {
  FinishClaim,
  FinishResult,
  RecordedMessage,
  RecordingFile,
  RecordingStore,
} from '@earshot/storage';
import type { ObjectStore } from '@earshot/storage/objects';
import type { Logger } from '@earshot/telemetry';
import { bytesOf } from './object-bytes.ts';
import { recordingKey } from './object-keys.ts';
import { afterParts, planFile, type FilePlan } from './plan-file.ts';

export interface MakeFileDeps {
  readonly recordings: Pick<RecordingStore, 'listParts' | 'listMessages'>;
  readonly objects: Pick<ObjectStore, 'put' | 'open'>;
  readonly logger: Logger;
}

/**
 * Writes the file of a recording and reads it back. Captions that a worker took with it when it died, since their
 * messages came long after their audio, are put in when the first reading misses them.
 *
 * @param onBytes called as bytes go by; what it throws ends the work
 */
export async function makeFile(
  deps: MakeFileDeps,
  claim: FinishClaim,
  onBytes: () => Promise<void>,
): Promise<FinishResult> {
  const { recording } = claim;
  const messages = await deps.recordings.listMessages({ ...recording, endsFromMs: 0 });
  const parts = await deps.recordings.listParts(recording);
  const late = afterParts(parts, messages);
  const first = await tryFile(deps, claim, planFile(deps.objects, claim, parts, late), { messages, onBytes });
  if (first.type === 'ready') return first;
  const missed = await withoutCaption(deps, claim, messages, onBytes);
  if (missed.length === 0) return first;
  const plan = planFile(deps.objects, claim, parts, [...late, ...missed]);
  return await tryFile(deps, claim, plan, { messages, onBytes });
}

interface Trying {
  readonly messages: readonly RecordedMessage[];
  readonly onBytes: () => Promise<void>;
}

async function tryFile(
  { objects, logger }: MakeFileDeps,
  { recording }: FinishClaim,
  { info, parts, holes }: FilePlan,
  { messages, onBytes }: Trying,
): Promise<Exclude<FinishResult, { type: 'again' }>> {
  const objectKey = recordingKey(recording);
  const { bytes, byteCount } = assembleRecording(info, parts);
  const hash = createHash('sha256');
  const written = tapped(bytes, async (chunk) => {
    hash.update(chunk);
    await onBytes();
  });
  await objects.put(objectKey, written);
  const check = await checkRecording(tapped(bytesOf(objects, objectKey), onBytes), messages);
  if (!check.ok) {
    // Places and counts, no words of the call.
    logger.warn('recording.check-failed', { problem: check.problem });
    return { type: 'failed', problem: 'recordings.check-failed' };
  }
  const file: RecordingFile = { objectKey, byteCount, sha256: hash.digest('hex') };
  return { type: 'ready', file, durationMs: info.durationMs, holes };
}

async function withoutCaption(
  { objects }: MakeFileDeps,
  { recording }: FinishClaim,
  messages: readonly RecordedMessage[],
  onBytes: () => Promise<void>,
): Promise<readonly RecordedMessage[]> {
  const { cues } = await readCaptions(tapped(bytesOf(objects, recordingKey(recording)), onBytes));
  const shown = new Set(cues.map(({ role, startMs }) => `${role} ${startMs}`));
  return messages.filter(({ role, startMs }) => !shown.has(`${role} ${startMs}`));
}

async function* tapped(
  chunks: AsyncIterable<Uint8Array>,
  onChunk: (chunk: Uint8Array) => Promise<void>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) {
    await onChunk(chunk);
    yield chunk;
  }
}
