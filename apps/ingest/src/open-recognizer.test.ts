import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FallbackEvent } from '@earshot/speech';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineVariables } from './engine-variables.ts';
import { openRecognizer } from './open-recognizer.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'earshot-engine-'));
});
afterAll(async () => {
  await rm(directory, { recursive: true });
});

const audio = { pcm: new Int16Array(4000), language: 'en-US', callId: 'call-1' };

function deepgramWithKeyIn(file: string): Extract<EngineVariables, { engine: 'deepgram' }> {
  return {
    engine: 'deepgram',
    apiKey: { value: undefined, file },
    // A port that nobody listens on.
    url: 'ws://127.0.0.1:1',
    model: undefined,
    languages: ['en-US'],
    leavesEnglish: false,
    keyterms: [],
    sessionsMax: 2,
  };
}

describe('openRecognizer', () => {
  it('answers with the local engine where the chosen one cannot be reached, and says so', async () => {
    const keyFile = join(directory, 'deepgram.key');
    await writeFile(keyFile, 'canary-secret\n');
    const events: FallbackEvent[] = [];
    const local = { engine: 'moonshine', cacheDirectory: directory, model: 'tiny', rewrite: 'off' } as const;
    const recognizer = await openRecognizer(deepgramWithKeyIn(keyFile), local, (event) => events.push(event));
    expect(await recognizer.recognize(audio)).toEqual({ text: '', degraded: 'fallback-engine' });
    expect(events).toEqual([{ callId: 'call-1', reason: 'speech.engine-unavailable', circuit: 'closed' }]);
    await recognizer.close();
  });

  it('hears English with the local engine where the chosen one is for other languages', async () => {
    const keyFile = join(directory, 'deepgram.key');
    await writeFile(keyFile, 'canary-secret\n');
    const local = { engine: 'moonshine', cacheDirectory: directory, model: 'tiny', rewrite: 'off' } as const;
    const chosen = { ...deepgramWithKeyIn(keyFile), languages: ['es'], leavesEnglish: true };
    const recognizer = await openRecognizer(chosen, local, () => undefined);
    expect(recognizer.capabilities.languages).toEqual(['es', 'en']);
    expect(await recognizer.recognize(audio)).toEqual({ text: '' });
    await expect(recognizer.recognize({ ...audio, language: 'es-US' })).rejects.toMatchObject({
      code: 'speech.engine-unavailable',
    });
    await recognizer.close();
  });

  it('names the key file that it cannot read', async () => {
    const file = join(directory, 'absent.key');
    const local = { engine: 'moonshine', cacheDirectory: directory } as const;
    const opening = openRecognizer(deepgramWithKeyIn(file), local, () => undefined);
    await expect(opening).rejects.toThrow(`Cannot read secret file ${file}`);
  });

  it('has nothing behind an engine of this machine', async () => {
    const chosen: EngineVariables = {
      engine: 'sherpa',
      modelDirectory: directory,
      languages: ['en'],
      leavesEnglish: false,
    };
    const local = { engine: 'moonshine', cacheDirectory: directory } as const;
    const opening = openRecognizer(chosen, local, () => undefined);
    await expect(opening).rejects.toMatchObject({ code: 'speech.model-missing' });
  });
});
