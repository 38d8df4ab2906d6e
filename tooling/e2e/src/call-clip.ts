import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readWav, writeWav } from '@earshot/speech';
import { checkout } from './running-system.ts';

const SAMPLES_PER_SECOND = 8000;

/** Parts of the sample call, in seconds: the exchange about the PIN, and the one about the card. */
export const PIN_PART = [10, 18] as const;
export const CARD_PART = [23.5, 36.5] as const;

/** Joins parts of one side of the sample call. */
export async function clip(
  role: 'customer' | 'agent',
  parts: readonly (readonly [number, number])[],
): Promise<Int16Array> {
  const [pcm] = readWav(await readFile(join(checkout, 'tooling', 'sample-call', `${role}.wav`))).pcm;
  if (pcm === undefined) throw new Error(`Cannot read the ${role} of the sample call`);
  const pieces = parts.map(([from, to]) => pcm.subarray(from * SAMPLES_PER_SECOND, to * SAMPLES_PER_SECOND));
  const joined = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    joined.set(piece, offset);
    offset += piece.length;
  }
  return joined;
}

/** Writes both sides of a clip; answers their file names. */
export async function writeClip(directory: string, parts: readonly (readonly [number, number])[]) {
  const files = { customer: join(directory, 'customer.wav'), agent: join(directory, 'agent.wav') };
  for (const role of ['customer', 'agent'] as const) {
    await writeFile(
      files[role],
      writeWav({ sampleRateHz: SAMPLES_PER_SECOND, pcm: [await clip(role, parts)] }),
    );
  }
  return files;
}
