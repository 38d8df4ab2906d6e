import { muxRecordingPart, type RecordingInfo, type RecordingPart as PlacedPart } from '@earshot/recordings';
import type { FinishClaim, RecordedMessage, RecordingHole, RecordingPart } from '@earshot/storage';
import type { ObjectStore } from '@earshot/storage/objects';
import { bytesOf } from './object-bytes.ts';

export interface FilePlan {
  readonly info: RecordingInfo;
  readonly parts: readonly PlacedPart[];
  readonly holes: readonly RecordingHole[];
}

const NO_AUDIO = new Uint8Array(0);

/** Messages that begin after the last part: their audio was lost. */
export function afterParts(
  parts: readonly RecordingPart[],
  messages: readonly RecordedMessage[],
): readonly RecordedMessage[] {
  const storedToMs = parts.at(-1)?.toMs ?? 0;
  return messages.filter(({ startMs }) => startMs >= storedToMs);
}

/**
 * What a recording is made of.
 *
 * @param notInParts messages whose captions are in no part; those without audio are shown in silence
 */
export function planFile(
  objects: Pick<ObjectStore, 'open'>,
  { recording, guid }: FinishClaim,
  parts: readonly RecordingPart[],
  notInParts: readonly RecordedMessage[],
): FilePlan {
  const { startedAtMs, language } = recording;
  const durationMs = Math.ceil(Math.max(recording.durationMs, ...notInParts.map(({ endMs }) => endMs)));
  const holes = [...parts.flatMap((part) => part.holes), ...recording.holes];
  const told = Math.max(recording.durationMs, ...holes.map(({ toMs }) => toMs));
  const placed = parts.map((part) => ({ ...part, open: () => bytesOf(objects, part.objectKey) }));
  return {
    info: { title: guid, startedAtMs, language, durationMs },
    parts: notInParts.length === 0 ? placed : [...placed, captionsAt(durationMs, notInParts)],
    holes: durationMs > told ? [...holes, { fromMs: told, toMs: durationMs }] : holes,
  };
}

/** A part without audio. */
function captionsAt(atMs: number, cues: readonly RecordedMessage[]): PlacedPart {
  const pcm = { customer: NO_AUDIO, agent: NO_AUDIO };
  const bytes = muxRecordingPart({ fromMs: atMs, toMs: atMs, pcm, mutes: [], cues });
  return { fromMs: atMs, toMs: atMs, byteCount: bytes.byteLength, open: () => [bytes] };
}
