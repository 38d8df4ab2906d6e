import { demux } from '@earshot/matroska';
import type { CaptionedAudio } from './open-captioned-file.ts';
import { recordingError } from './recording-error.ts';

const SAMPLE_BYTES = 2;
/** Timestamps are rounded to ticks: what is nearer than this follows directly. */
const SLACK_MS = 20;
const GAP_MS_MAX = 24 * 3_600_000;
const SILENCE_BYTES_MAX = 64 * 1024;

/**
 * The samples of a readable track from the file's zero on, 16-bit little-endian, channels interleaved. Where the track leaves
 * time out there is silence; what overlaps is left out. Throws `recordings.unreadable` for a track that is not readable, and
 * `recordings.limit-exceeded` for a gap of more than 24 hours.
 */
export async function* readTrackPcm(
  file: AsyncIterable<Uint8Array>,
  { number, isReadable, sampleRateHz, channels, codecId }: CaptionedAudio,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (!isReadable) {
    throw recordingError(
      'recordings.unreadable',
      `Cannot read track ${number}: ${codecId} is not 16-bit PCM`,
    );
  }
  const frameBytes = channels * SAMPLE_BYTES;
  let reached = 0;
  for await (const event of demux(file)) {
    if (event.type !== 'block' || event.trackNumber !== number) continue;
    const ahead = Math.round((event.timestampMs * sampleRateHz) / 1000) - reached;
    let dropBytes = 0;
    if (Math.abs(ahead) > (SLACK_MS * sampleRateHz) / 1000) {
      if (ahead > (GAP_MS_MAX * sampleRateHz) / 1000) throw tooLong(number);
      yield* silence(Math.max(0, ahead) * frameBytes);
      reached += Math.max(0, ahead);
      dropBytes = Math.max(0, -ahead) * frameBytes;
    }
    for (const frame of event.frames) {
      const kept = frame.subarray(Math.min(dropBytes, frame.length));
      dropBytes -= frame.length - kept.length;
      reached += kept.length / frameBytes;
      if (kept.length > 0) yield kept;
    }
  }
}

function* silence(byteCount: number): Generator<Uint8Array, void, undefined> {
  for (let left = byteCount; left > 0; left -= SILENCE_BYTES_MAX) {
    yield new Uint8Array(Math.min(left, SILENCE_BYTES_MAX));
  }
}

function tooLong(number: number): Error {
  const message = `Cannot read track ${number}: a gap exceeds limit ${GAP_MS_MAX} ms`;
  return recordingError('recordings.limit-exceeded', message);
}
