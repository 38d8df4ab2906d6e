import { describe, expect, it } from 'vitest';
import { describeSpeechRecognizer } from '../contract.ts';
import { speechError } from '../lib/speech-error.ts';
import { createScriptedRecognizer } from '../testing.ts';
import { createLazyRecognizer } from './lazy-recognizer.ts';

const capabilities = { languages: ['en'], wordTimes: false, partials: 'whole' } as const;
const audio = { pcm: new Int16Array(800), language: 'en-US' };

describeSpeechRecognizer('createLazyRecognizer', async (limits) =>
  createLazyRecognizer(capabilities, async () => createScriptedRecognizer(() => 'heard', limits)),
);

describe('createLazyRecognizer', () => {
  it('opens nothing until there is something to recognise, then opens once', async () => {
    let openCount = 0;
    const recognizer = createLazyRecognizer(capabilities, async () => {
      openCount += 1;
      return createScriptedRecognizer(() => 'heard');
    });
    expect(openCount).toBe(0);
    await Promise.all([recognizer.recognize(audio), recognizer.recognize(audio)]);
    expect(openCount).toBe(1);
    await recognizer.close();
  });

  it('closes what it never opened without opening it', async () => {
    const recognizer = createLazyRecognizer(capabilities, () => Promise.reject(new Error('Not asked for')));
    await expect(recognizer.close()).resolves.toBeUndefined();
  });

  it('opens again after a failure', async () => {
    let failing = true;
    const recognizer = createLazyRecognizer(capabilities, async () => {
      if (failing) throw speechError('speech.model-missing', 'Cannot open: test');
      return createScriptedRecognizer(() => 'heard');
    });
    await expect(recognizer.recognize(audio)).rejects.toMatchObject({ code: 'speech.model-missing' });
    failing = false;
    expect(await recognizer.recognize(audio)).toEqual({ text: 'heard' });
  });
});
