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

let cacheDirectory: string;
beforeAll(async () => {
  cacheDirectory = await mkdtemp(join(tmpdir(), 'earshot-speech-'));
});
afterAll(async () => {
  await rm(cacheDirectory, { recursive: true });
});

describeSpeechRecognizer('createMoonshineRecognizer', async () => {
  return await createMoonshineRecognizer({ cacheDirectory, model: 'tiny' });
});

describe('createMoonshineRecognizer', () => {
  it('hears the words of recorded telephone speech, with their times', async () => {
    const { pcm } = await realSpeech();
    const detector = await createSileroDetector();
    const recognizer = await createMoonshineRecognizer({ cacheDirectory });
    const heard = await collect(transcribePcm({ pcm, detector, recognizer, language: 'en-US' }));
    await recognizer.close();
    await detector.close();
    const words = heard.flatMap(({ text }) => text.toLowerCase().match(/[a-z']+/g) ?? []);
    expect(words.length).toBeGreaterThan(20);
    expect(words).toEqual(expect.arrayContaining(['i', 'my']));
    for (const [index, { startMs, endMs }] of heard.entries()) {
      expect(startMs).toBeGreaterThanOrEqual(heard[index - 1]?.endMs ?? 0);
      expect(endMs).toBeGreaterThan(startMs);
    }
  });

  it('hears nothing in silence', async () => {
    const recognizer = await createMoonshineRecognizer({ cacheDirectory });
    expect(await recognizer.recognize({ pcm: new Int16Array(16_000), language: 'en' })).toEqual({ text: '' });
    await recognizer.close();
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
    expect(await readdir(cacheDirectory)).toEqual(['moonshine-tokens.txt']);
    expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(32_769);
  });

  it('says so when the cache directory cannot be written', async () => {
    const file = join(cacheDirectory, 'moonshine-tokens.txt');
    const creation = createMoonshineRecognizer({ cacheDirectory: join(file, 'below'), model: 'tiny' });
    await expect(creation).rejects.toMatchObject({ code: 'speech.cache-failed' });
  });
});
