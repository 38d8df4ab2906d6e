import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeSpeechRecognizer } from '../contract.ts';
import { collect } from '../testing/collect.ts';
import { realSpeech } from '../testing/real-speech.ts';
import { createMoonshineRecognizer } from './moonshine-recognizer.ts';
import { createSileroDetector } from './silero-detector.ts';
import { transcribePcm } from './transcribe-pcm.ts';

const digits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** Lower case without punctuation, numbers as one run of digits however they were written. */
function wordsOf(text: string): string {
  const words = text.toLowerCase().match(/[a-z']+|\d/g) ?? [];
  const spelled = words.map((word) => (digits.includes(word) ? String(digits.indexOf(word)) : word));
  return spelled.join(' ').replaceAll(/(?<=\d) (?=\d)/g, '');
}

let cacheDirectory: string;
beforeAll(async () => {
  cacheDirectory = await mkdtemp(join(tmpdir(), 'earshot-speech-'));
});
afterAll(async () => {
  await rm(cacheDirectory, { recursive: true });
});

describeSpeechRecognizer('createMoonshineRecognizer', async (limits) => {
  const { inFlightMax: decodesInFlightMax = 2, queuedMax: queuedDecodesMax = 256 } = limits ?? {};
  return await createMoonshineRecognizer({
    cacheDirectory,
    model: 'tiny',
    decodesInFlightMax,
    queuedDecodesMax,
  });
});

describe('createMoonshineRecognizer', () => {
  it('hears the words of the sample call, the PIN and the card number among them, with their times', async () => {
    const pcm = await realSpeech();
    const detector = await createSileroDetector();
    const recognizer = await createMoonshineRecognizer({ cacheDirectory });
    const heard = await collect(transcribePcm({ pcm, detector, recognizer, language: 'en-US' }));
    await recognizer.close();
    await detector.close();
    expect(heard.map(({ startMs }) => Math.round(startMs / 1000))).toEqual([5, 14, 22, 27, 43]);
    const said = heard.map(({ text }) => wordsOf(text)).join(' ');
    expect(said).toContain('i need help with my streaming package i would like to upgrade it');
    expect(said).toContain('my pin number is 5937');
    expect(said).toContain('my card number is 5173956130976197');
  });

  it('hears nothing in silence', async () => {
    const recognizer = await createMoonshineRecognizer({ cacheDirectory });
    expect(await recognizer.recognize({ pcm: new Int16Array(16_000), language: 'en' })).toEqual({ text: '' });
    await recognizer.close();
  });

  it('hears with the small model what has waited too long, and says so', async () => {
    const speech = (await realSpeech()).subarray(5 * 8000, 8 * 8000);
    const recognizer = await createMoonshineRecognizer({
      cacheDirectory,
      smallModel: 'under-pressure',
      smallModelWaitMs: 0,
      decodesInFlightMax: 1,
    });
    const heard = await Promise.all(
      [1, 2].map(async () => await recognizer.recognize({ pcm: speech, language: 'en' })),
    );
    await recognizer.close();
    expect(heard.map(({ degraded }) => degraded)).toEqual([undefined, 'small-model']);
    for (const { text } of heard) expect(wordsOf(text)).toContain('i need help');
  });

  it('refuses audio longer than it can be trusted with', async () => {
    const recognizer = await createMoonshineRecognizer({ cacheDirectory, model: 'tiny' });
    const audio = { pcm: new Int16Array(18 * 8000), language: 'en' };
    await expect(recognizer.recognize(audio)).rejects.toThrow(
      'Cannot recognise 18000 ms of audio: limit 17000 ms',
    );
    await recognizer.close();
  });

  it('mends a damaged token table and leaves no draft behind', async () => {
    const path = join(cacheDirectory, 'moonshine-tokens.txt');
    await writeFile(path, 'damaged');
    await (await createMoonshineRecognizer({ cacheDirectory, model: 'tiny' })).close();
    const tables = (await readdir(cacheDirectory)).filter((name) => name.startsWith('moonshine-tokens'));
    expect(tables).toEqual(['moonshine-tokens.txt']);
    expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(32_769);
  });

  it('says so when the cache directory cannot be written', async () => {
    const file = join(cacheDirectory, 'moonshine-tokens.txt');
    const creation = createMoonshineRecognizer({ cacheDirectory: join(file, 'below'), model: 'tiny' });
    await expect(creation).rejects.toMatchObject({ code: 'speech.cache-failed' });
  });
});
