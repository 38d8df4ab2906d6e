import { setTimeout as delay } from 'node:timers/promises';
import { buffer } from 'node:stream/consumers';
import { checkRecording, recordingToWav } from '@earshot/recordings';
import type { CallSession, RecordedMessage, RecordingHole, Storage } from '@earshot/storage';
import type { ObjectStore } from '@earshot/storage/objects';
import type { SpokenPcm } from './spoken-call.ts';

/** What was recorded of a call, once it is there. */
export interface RecordedCall {
  readonly pcm: SpokenPcm;
  readonly holes: readonly RecordingHole[];
  /** Keys of everything that is kept of it. */
  readonly keys: readonly string[];
  readonly problem: string | undefined;
}

const WAV_HEADER_BYTES = 44;
const LOOK_MS = 200;
/** A finisher may be killed as well: another one takes over when its claim has run out. */
const LOOKS_MAX = 600;

/** Waits until the recording of an ended call is finished. */
export async function readRecordedCall(
  { recordings }: Pick<Storage, 'recordings'>,
  objects: ObjectStore,
  session: Pick<CallSession, 'tenantId' | 'conversationId' | 'sessionId'>,
): Promise<RecordedCall> {
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    const found = await recordings.find(session);
    if (found?.state === 'failed') throw new Error(`Cannot read recording: ${found.problem}`);
    // Its parts are forgotten last.
    if (found?.file !== undefined && (await recordings.listParts(session)).length === 0) {
      const { objectKey } = found.file;
      const wav = await buffer(recordingToWav(read(objects, objectKey), found.durationMs));
      const messages = await recordings.listMessages({ ...session, endsFromMs: 0 });
      return {
        pcm: sidesOf(wav.subarray(WAV_HEADER_BYTES)),
        holes: found.holes,
        keys: await objects.list(objectKey.slice(0, objectKey.lastIndexOf('/'))),
        problem: await problemOf(objects, objectKey, messages),
      };
    }
    await delay(LOOK_MS);
  }
  throw new Error(`Cannot read recording: it is not there after ${LOOKS_MAX * LOOK_MS} ms`);
}

async function problemOf(
  objects: ObjectStore,
  objectKey: string,
  messages: readonly RecordedMessage[],
): Promise<string | undefined> {
  const check = await checkRecording(read(objects, objectKey), messages);
  return check.ok ? undefined : check.problem;
}

async function* read(objects: ObjectStore, key: string): AsyncGenerator<Uint8Array, void, undefined> {
  const opened = await objects.open(key);
  if (opened === undefined) throw new Error(`Cannot read ${key}: it is not there`);
  yield* opened.stream;
}

/** Of a stereo recording. */
function sidesOf(stereo: Buffer): SpokenPcm {
  const samples = new Int16Array(
    stereo.buffer.slice(stereo.byteOffset, stereo.byteOffset + stereo.byteLength),
  );
  const side = (offset: number): Int16Array =>
    Int16Array.from({ length: samples.length / 2 }, (_, index) => samples[2 * index + offset] ?? 0);
  return { customer: side(0), agent: side(1) };
}
