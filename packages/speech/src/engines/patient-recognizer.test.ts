import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { describeSpeechRecognizer } from '../contract.ts';
import type { SpeechAudio, SpeechRecognizer } from '../lib/speech-recognizer.ts';
import { createScriptedRecognizer } from '../testing.ts';
import { createPatientRecognizer } from './patient-recognizer.ts';

const speculation = { pcm: new Int16Array(800), language: 'en', priority: 'speculative' } as const;

function listening(): { recognizer: SpeechRecognizer; asked: SpeechAudio[] } {
  const asked: SpeechAudio[] = [];
  const scripted = createScriptedRecognizer((audio) => {
    asked.push(audio);
    return 'heard';
  });
  return { recognizer: createPatientRecognizer(scripted), asked };
}

describeSpeechRecognizer('createPatientRecognizer', (limits) => {
  return Promise.resolve(createPatientRecognizer(createScriptedRecognizer(() => 'heard', limits)));
});

describe('createPatientRecognizer', () => {
  it('asks for a speculation once somebody waits for it, as a final', async () => {
    const { recognizer, asked } = listening();
    const promotion = new AbortController();
    const answer = recognizer.recognize({ ...speculation, promotion: promotion.signal });
    await setImmediate();
    expect(asked).toEqual([]);
    promotion.abort();
    expect(await answer).toEqual({ text: 'heard' });
    expect(asked.map(({ priority }) => priority)).toEqual(['final']);
  });

  it('never asks for a speculation that is given up', async () => {
    const { recognizer, asked } = listening();
    const refuted = new AbortController();
    const reason = new Error('speech went on');
    const promotion = new AbortController().signal;
    const answer = recognizer.recognize({ ...speculation, promotion, signal: refuted.signal });
    refuted.abort(reason);
    await expect(answer).rejects.toBe(reason);
    expect(asked).toEqual([]);
  });

  it('asks at once for what nobody could promote', async () => {
    const { recognizer, asked } = listening();
    await recognizer.recognize(speculation);
    await recognizer.recognize({
      ...speculation,
      priority: 'partial',
      promotion: new AbortController().signal,
    });
    expect(asked).toHaveLength(2);
  });

  it('fails a speculation that still waits when it closes', async () => {
    const { recognizer } = listening();
    const answer = recognizer.recognize({ ...speculation, promotion: new AbortController().signal });
    const failure = answer.catch((error: unknown) => error);
    await recognizer.close();
    expect(await failure).toMatchObject({ code: 'speech.closed' });
  });
});
