import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWav } from '@earshot/speech';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSide, readTelephonyWav } from './wav-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-wav-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function stored(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

function tone(rateHz: number, frequencyHz: number): Int16Array {
  return Int16Array.from({ length: rateHz }, (_, index) =>
    Math.round(8000 * Math.sin((2 * Math.PI * frequencyHz * index) / rateHz)),
  );
}

/** How often the signal rises through zero: its frequency, for one second of a tone. */
function risesCount(pcm: Int16Array): number {
  return pcm.filter((sample, index) => sample >= 0 && (pcm[index - 1] ?? 0) < 0).length;
}

describe('readTelephonyWav', () => {
  it.each([8000, 16_000, 44_100, 48_000])(
    'gives both channels of a file at %i Hz at 8 kHz',
    async (rateHz) => {
      const bytes = writeWav({ sampleRateHz: rateHz, pcm: [tone(rateHz, 400), tone(rateHz, 1000)] });
      const channels = await readTelephonyWav(await stored(`${rateHz}.wav`, bytes));
      expect(channels.map((pcm) => pcm.length)).toEqual([8000, 8000]);
      const [left = 0, right = 0] = channels.map(risesCount);
      expect([Math.abs(left - 400), Math.abs(right - 1000)].every((off) => off <= 1)).toBe(true);
    },
  );

  it('reads mu-law', async () => {
    const bytes = writeWav({ sampleRateHz: 8000, pcm: [new Int16Array(4)] }).fill(0x80, 44);
    new DataView(bytes.buffer).setUint16(20, 7, true);
    new DataView(bytes.buffer).setUint16(34, 8, true);
    expect(await readSide(await stored('mu-law.wav', bytes))).toEqual(new Int16Array(8).fill(32_124));
  });

  it('says which file it cannot read', async () => {
    const path = await stored('words.wav', Buffer.from('no wav at all'));
    await expect(readTelephonyWav(path)).rejects.toThrow(/Cannot use .*words\.wav: Cannot read WAV: no RIFF/);
    await expect(readTelephonyWav(join(folder, 'missing.wav'))).rejects.toThrow(/Cannot read .*missing\.wav/);
  });
});
