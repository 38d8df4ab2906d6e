import { readFile } from 'node:fs/promises';
import { TELEPHONY_SAMPLE_RATE_HZ } from '@earshot/domain';
import { readWav } from '@earshot/speech';
import { CliError } from './verb.ts';

/** Reads an 8 kHz 16-bit WAV file, one array a channel; says how to convert another one. */
export async function readTelephonyWav(file: string): Promise<readonly Int16Array[]> {
  const bytes = await readFile(file).catch(() => {
    throw new CliError(`Cannot read ${file}: there is no such file, or it may not be read`);
  });
  const wav = readWav(bytes);
  if (wav.sampleRateHz !== TELEPHONY_SAMPLE_RATE_HZ) {
    throw new CliError(
      `Cannot use ${file}: ${wav.sampleRateHz} Hz, expected ${TELEPHONY_SAMPLE_RATE_HZ} Hz (sox IN.wav -r 8000 -b 16 OUT.wav)`,
    );
  }
  return wav.pcm;
}

/** One side of a call: a file with one channel. */
export async function readSide(file: string): Promise<Int16Array> {
  const [pcm, ...others] = await readTelephonyWav(file);
  if (pcm === undefined || others.length > 0) throw new CliError(`Cannot use ${file}: expected one channel`);
  return pcm;
}

/** The little-endian bytes of samples, as streams carry them. */
export function pcmBytes(pcm: Int16Array): Uint8Array {
  const bytes = new Uint8Array(pcm.length * 2);
  const view = new DataView(bytes.buffer);
  pcm.forEach((sample, index) => view.setInt16(index * 2, sample, true));
  return bytes;
}
