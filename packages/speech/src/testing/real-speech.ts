import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readWav } from '../lib/wav.ts';

/** The repository's own sample call, or a recording laid beside the checkout; the first that exists is read. */
const recordings = [
  '../../../../tooling/sample-call/customer.wav',
  '../../../../../shared/media/service-call-customer.wav',
].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** A speaker recorded at 8 kHz, for tests that need the real models to hear something. */
export async function realSpeech(): Promise<{ readonly path: string; readonly pcm: Int16Array }> {
  for (const path of recordings) {
    const bytes = await readIfPresent(path);
    const pcm = bytes === undefined ? undefined : readWav(bytes).pcm[0];
    if (pcm !== undefined) return { path, pcm: pcm.subarray(0, 45 * 8000) };
  }
  throw new Error(`Cannot find recorded speech for this test: none of ${recordings.join(', ')} exists`);
}

async function readIfPresent(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
