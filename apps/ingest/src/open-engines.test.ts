import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineVariables } from '@earshot/config';
import type { FallbackEvent } from '@earshot/speech';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEngines, type Engines } from './open-engines.ts';

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

interface OpenedEngines {
  readonly engines: Engines;
  readonly events: (FallbackEvent & { readonly engine: string })[];
}

function enginesOf(first: EngineVariables, ...others: EngineVariables[]): OpenedEngines {
  const events: OpenedEngines['events'] = [];
  const engines = openEngines({
    variables: [first, ...others],
    local: { engine: 'moonshine', cacheDirectory: directory, model: 'tiny', rewrite: 'off' },
    onFallback: (engine, event) => events.push({ engine, ...event }),
  });
  return { engines, events };
}

async function withKey(): Promise<Extract<EngineVariables, { engine: 'deepgram' }>> {
  const keyFile = join(directory, 'deepgram.key');
  await writeFile(keyFile, 'canary-secret\n');
  return deepgramWithKeyIn(keyFile);
}

describe('openEngines', () => {
  it('answers with the local engine where the chosen one cannot be reached, and says so', async () => {
    const { engines, events } = enginesOf(await withKey());
    const recognizer = await engines.open('deepgram');
    expect(await recognizer.recognize(audio)).toEqual({
      text: '',
      degraded: 'fallback-engine',
      fallbackReason: 'speech.engine-unavailable',
    });
    const reason = 'speech.engine-unavailable';
    expect(events).toEqual([{ engine: 'deepgram', callId: 'call-1', reason, circuit: 'closed' }]);
    await engines.close();
  });

  it('hears English with the local engine where the chosen one is for other languages', async () => {
    const { engines } = enginesOf({ ...(await withKey()), languages: ['es'], leavesEnglish: true });
    const recognizer = await engines.open('deepgram');
    expect(recognizer.capabilities.languages).toEqual(['es', 'en']);
    expect(await recognizer.recognize(audio)).toEqual({ text: '' });
    await expect(recognizer.recognize({ ...audio, language: 'es-US' })).rejects.toMatchObject({
      code: 'speech.engine-unavailable',
    });
    await engines.close();
  });

  it('offers what is on the list, the first by default, and opens no other', async () => {
    const { engines } = enginesOf({ engine: 'moonshine' }, deepgramWithKeyIn('/nowhere'));
    expect([engines.defaultEngine, engines.offered]).toEqual(['moonshine', ['moonshine', 'deepgram']]);
    expect(await (await engines.open('moonshine')).recognize(audio)).toEqual({ text: '' });
    await expect(engines.open('sherpa')).rejects.toMatchObject({ code: 'speech.engine-not-offered' });
    await engines.close();
  });

  it('has the local engine also where calls may not ask for it, and words of open speech from it', async () => {
    const { engines } = enginesOf(await withKey());
    expect(await (await engines.openLocal()).recognize(audio)).toEqual({ text: '' });
    const deepgram = await engines.open('deepgram');
    expect(deepgram.capabilities.partials).toBe('whole');
    expect(await deepgram.recognize({ ...audio, priority: 'partial' })).toEqual({ text: '' });
    await engines.close();
  });

  it('names the key file that it cannot read', async () => {
    const file = join(directory, 'absent.key');
    const { engines } = enginesOf(deepgramWithKeyIn(file));
    await expect(engines.open('deepgram')).rejects.toThrow(`Cannot read secret file ${file}`);
    await engines.close();
  });

  it('has nothing in place of an engine of this machine that does not open', async () => {
    const languages = { languages: ['en'], leavesEnglish: false };
    const { engines } = enginesOf({ engine: 'sherpa', modelDirectory: directory, ...languages });
    await expect(engines.open('sherpa')).rejects.toMatchObject({ code: 'speech.model-missing' });
    await engines.close();
  });
});
