import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readWav } from '../lib/wav.ts';

const sampleCall = fileURLToPath(new URL('../../../../tooling/sample-call/customer.wav', import.meta.url));

/** The customer of the sample call at 8 kHz, for tests that need the real models to hear something. */
export async function realSpeech(): Promise<Int16Array> {
  const [pcm] = readWav(await readFile(sampleCall)).pcm;
  if (pcm === undefined) throw new Error(`Cannot find recorded speech in ${sampleCall}`);
  return pcm;
}
