import { muxRecordingPart, type RecordingInfo, type RecordingPart as PlacedPart } from '@earshot/recordings';
import type { FinishClaim, RecordedMessage, RecordingHole, RecordingPart } from '@earshot/storage';
import type { ObjectStore } from '@earshot/storage/objects';

export interface FilePlan {
  readonly info: RecordingInfo;
  readonly parts: readonly PlacedPart[];
  readonly holes: readonly RecordingHole[];
}

const NO_AUDIO = new Uint8Array(0);

/**
 * What a recording is made of. Messages that begin after the last part have lost their audio, and are shown in silence.
 *
 * @param messages all of the session
 */
export function planFile(
  objects: Pick<ObjectStore, 'open'>,
  { recording, guid }: FinishClaim,
  parts: readonly RecordingPart[],
  messages: readonly RecordedMessage[],
): FilePlan {
  const { startedAtMs, language } = recording;
  const storedToMs = parts.at(-1)?.toMs ?? 0;
  const orphans = messages.filter(({ startMs }) => startMs >= storedToMs);
  const durationMs = Math.ceil(Math.max(recording.durationMs, ...orphans.map(({ endMs }) => endMs)));
  const holes = [...parts.flatMap((part) => part.holes), ...recording.holes];
  const told = Math.max(recording.durationMs, ...holes.map(({ toMs }) => toMs));
  const placed = parts.map((part) => ({ ...part, open: () => bytesOf(objects, part) }));
  return {
    info: { title: guid, startedAtMs, language, durationMs },
    parts: orphans.length === 0 ? placed : [...placed, captionsAt(durationMs, orphans)],
    holes: durationMs > told ? [...holes, { fromMs: told, toMs: durationMs }] : holes,
  };
}

/** A part without audio. */
function captionsAt(atMs: number, cues: readonly RecordedMessage[]): PlacedPart {
  const pcm = { customer: NO_AUDIO, agent: NO_AUDIO };
  const bytes = muxRecordingPart({ fromMs: atMs, toMs: atMs, pcm, mutes: [], cues });
  return { fromMs: atMs, toMs: atMs, byteCount: bytes.byteLength, open: () => [bytes] };
}

async function* bytesOf(
  objects: Pick<ObjectStore, 'open'>,
  { objectKey }: RecordingPart,
): AsyncGenerator<Uint8Array, void, undefined> {
  const opened = await objects.open(objectKey);
  if (opened === undefined) throw new Error(`Cannot read ${objectKey}: it is not there`);
  yield* opened.stream;
}
