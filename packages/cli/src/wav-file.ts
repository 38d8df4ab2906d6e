import { readFile } from 'node:fs/promises';
import { TELEPHONY_SAMPLE_RATE_HZ } from '@earshot/domain';
import { readWav, resamplePcm } from '@earshot/speech';
import { CliError } from './verb.ts';

/** Reads a WAV file, of 16 or 8 bits or G.711, at any rate, as 8 kHz 16-bit samples, one array a channel. */
export async function readTelephonyWav(file: string): Promise<readonly Int16Array[]> {
  const bytes = await readFile(file).catch(() => {
    throw new CliError(`Cannot read ${file}: there is no such file, or it may not be read`);
  });
  try {
    const { sampleRateHz, pcm } = readWav(bytes);
    return pcm.map((channel) => resamplePcm(channel, sampleRateHz, TELEPHONY_SAMPLE_RATE_HZ));
  } catch (cause) {
    throw new CliError(`Cannot use ${file}: ${cause instanceof Error ? cause.message : 'it is no WAV'}`, {
      cause,
    });
  }
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
