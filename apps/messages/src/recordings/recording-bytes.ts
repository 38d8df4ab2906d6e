import type { ByteRange } from '@earshot/http';
import { recordingToWav, wavByteCount } from '@earshot/recordings';
import type { ObjectStore } from '@earshot/storage/objects';
import type { ReadyRecording } from './choose-recording.ts';

export type RecordingFormat = 'mkv' | 'wav';

/** The sizes in the head of a WAV have 32 bits; a millisecond of two sides has 32 bytes. */
const WAV_DURATION_MS_MAX = Math.floor((0xffff_ffff - 36) / 32);

/** `undefined` where it is longer than the 37 hours that WAV can hold. */
export function wavBytesOf(durationMs: number): number | undefined {
  return durationMs > WAV_DURATION_MS_MAX ? undefined : wavByteCount(durationMs);
}

/** One form of a recording: how it is told apart, how long it is, and its bytes as they are read. */
export interface RecordingForm {
  readonly contentType: string;
  readonly etag: string;
  readonly byteCount: number;
  /** `undefined` where the file is gone. */
  read(objects: ObjectStore, range: ByteRange): Promise<ReadableStream<Uint8Array> | undefined>;
}

/** `undefined` where the format cannot hold it. */
export function recordingForm(
  { file, durationMs }: ReadyRecording,
  format: RecordingFormat,
): RecordingForm | undefined {
  const { objectKey, byteCount, sha256 } = file;
  if (format === 'mkv') {
    return {
      contentType: 'video/x-matroska',
      etag: `"${sha256}"`,
      byteCount,
      read: async (objects, range) => (await objects.open(objectKey, range))?.stream,
    };
  }
  const wavBytes = wavBytesOf(durationMs);
  if (wavBytes === undefined) return undefined;
  return {
    contentType: 'audio/wav',
    etag: `"${sha256}-wav"`,
    byteCount: wavBytes,
    async read(objects, range) {
      const opened = await objects.open(objectKey);
      return opened && pulled(cut(recordingToWav(opened.stream, durationMs), range), opened.stream);
    },
  };
}

/** What is made of a source as it is asked for; however it ends, the source is closed, also when it was never read. */
function pulled(
  chunks: AsyncGenerator<Uint8Array>,
  source: ReadableStream<Uint8Array>,
): ReadableStream<Uint8Array> {
  const close = async (): Promise<void> => {
    await chunks.return(undefined);
    if (!source.locked) await source.cancel();
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done !== true) return controller.enqueue(value);
        await close();
        controller.close();
      },
      cancel: close,
    },
    { highWaterMark: 0 },
  );
}

/** The bytes of a range; what comes before it is made and dropped, what comes after it is never made. */
async function* cut(chunks: AsyncIterable<Uint8Array>, { from, to }: ByteRange): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const chunk of chunks) {
    const part = chunk.subarray(Math.max(0, from - at), Math.max(0, to + 1 - at));
    at += chunk.byteLength;
    if (part.byteLength > 0) yield part;
    if (at > to) return;
  }
}
