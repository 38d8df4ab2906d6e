import { recordingError } from './recording-error.ts';

export const WAV_HEADER_BYTES = 44;
/** Two sides of 16 bits. */
export const FRAME_BYTES = 4;
export const SAMPLE_RATE_HZ = 8000;
const SAMPLES_PER_MS = SAMPLE_RATE_HZ / 1000;
const SIZE_MAX = 0xffff_ffff;

/** Of the file that `recordingToWav` gives. Throws `recordings.invalid-argument` beyond 37 hours, which WAV cannot hold. */
export function wavByteCount(durationMs: number): number {
  const byteCount = WAV_HEADER_BYTES + durationMs * SAMPLES_PER_MS * FRAME_BYTES;
  if (!Number.isSafeInteger(durationMs) || durationMs < 0 || byteCount - 8 > SIZE_MAX) {
    const message = `Cannot write WAV: duration ${durationMs} ms exceeds limit ${SIZE_MAX} bytes`;
    throw recordingError('recordings.invalid-argument', message);
  }
  return byteCount;
}

/** RIFF, a `fmt ` chunk of linear PCM with two channels, and the head of `data`. */
export function wavHeader(durationMs: number): Uint8Array {
  const byteCount = wavByteCount(durationMs);
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(byteCount - 8, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(2, 22);
  header.writeUInt32LE(SAMPLE_RATE_HZ, 24);
  header.writeUInt32LE(SAMPLE_RATE_HZ * FRAME_BYTES, 28);
  header.writeUInt16LE(FRAME_BYTES, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(byteCount - WAV_HEADER_BYTES, 40);
  return header;
}
