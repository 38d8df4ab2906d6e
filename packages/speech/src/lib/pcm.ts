import { PCM_BYTES_PER_SAMPLE } from '@earshot/domain';
import { speechError } from './speech-error.ts';

const hostIsLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * Reads 16-bit little-endian samples. Shares the caller's memory where its alignment and the host's byte order
 * permit, copies where not: treat the result as read-only.
 *
 * An odd number of bytes throws `speech.pcm-invalid`: half a sample means that bytes were lost or that the
 * caller split a sample, and guessing would turn all that follows into noise.
 */
export function pcmFromBytes(bytes: Uint8Array): Int16Array {
  if (bytes.byteLength % PCM_BYTES_PER_SAMPLE !== 0) {
    throw speechError(
      'speech.pcm-invalid',
      `Cannot read PCM: ${bytes.byteLength} bytes is not a whole number of ${PCM_BYTES_PER_SAMPLE}-byte samples`,
    );
  }
  if (!hostIsLittleEndian) return swappedCopy(bytes);
  const aligned = bytes.byteOffset % PCM_BYTES_PER_SAMPLE === 0 ? bytes : bytes.slice();
  return new Int16Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / PCM_BYTES_PER_SAMPLE);
}

function swappedCopy(bytes: Uint8Array): Int16Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Int16Array.from({ length: bytes.byteLength / PCM_BYTES_PER_SAMPLE }, (_, index) =>
    view.getInt16(index * PCM_BYTES_PER_SAMPLE, true),
  );
}
