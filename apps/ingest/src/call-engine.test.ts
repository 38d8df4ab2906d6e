import type { SpeechEngine } from '@earshot/domain';
import { speechEngines, type SpeechRecognizer } from '@earshot/speech';
import { createScriptedRecognizer } from '@earshot/speech/testing';
import { createLogger } from '@earshot/telemetry';
import { AppError } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import { openCallEngine } from './call-engine.ts';

const audio = { pcm: new Int16Array(800), language: 'en-US' };

function says(text: string): SpeechRecognizer {
  return createScriptedRecognizer(() => text);
}

function deps(failing: readonly SpeechEngine[] = []) {
  const lines: string[] = [];
  const engines = {
    defaultEngine: 'moonshine' as const,
    openLocal: async () => says('local'),
    async open(engine: SpeechEngine) {
      if (failing.includes(engine)) {
        throw new AppError('config.invalid', 'Cannot read secret file /run/key', { retryable: false });
      }
      return says(engine);
    },
  };
  return { engines, lines, logger: createLogger({ app: 'ingest', write: (line) => lines.push(line) }) };
}

describe('openCallEngine', () => {
  it.each(Object.keys(speechEngines))('hears a call with its own engine, %s', async (name) => {
    const engine = name as SpeechEngine;
    const recognizer = await openCallEngine(deps(), { engine, language: 'en-US' });
    expect(await recognizer.recognize(audio)).toEqual({ text: engine });
  });

  it('hears a call of an earlier release with the default engine', async () => {
    const recognizer = await openCallEngine(deps(), { language: 'en-US' });
    expect(await recognizer.recognize(audio)).toEqual({ text: 'moonshine' });
  });

  it('hears a call with the local engine where its own does not open, and says so with every text', async () => {
    const { lines, ...given } = deps(['deepgram']);
    const recognizer = await openCallEngine(given, { engine: 'deepgram', language: 'en-US' });
    const want = { text: 'local', degraded: 'fallback-engine', fallbackReason: 'config.invalid' };
    expect(await recognizer.recognize(audio)).toEqual(want);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      event: 'speech.engine-not-opened',
      engine: 'deepgram',
    });
  });

  it('cannot hear a language that only the engine has which does not open', async () => {
    const opening = openCallEngine(deps(['deepgram']), { engine: 'deepgram', language: 'es-US' });
    await expect(opening).rejects.toMatchObject({
      code: 'speech.engine-not-opened',
      retryable: false,
    });
  });
});
