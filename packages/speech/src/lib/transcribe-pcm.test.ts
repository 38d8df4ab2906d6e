import { describe, expect, it } from 'vitest';
import { createScriptedDetector, createScriptedRecognizer, scriptedPcm } from '../testing.ts';
import { collect } from '../testing/collect.ts';
import { transcribePcm } from './transcribe-pcm.ts';

const detector = createScriptedDetector();
const words = { durationMs: 640, amplitude: 8000 };
const pause = { durationMs: 640, amplitude: 0 };
const pcm = scriptedPcm([pause, words, pause, words, pause, words, pause]);

describe('transcribePcm', () => {
  it('yields each segment with its times, in order, without those that hold no words', async () => {
    const recognizer = createScriptedRecognizer(['First.', '', 'Third.']);
    expect(await collect(transcribePcm({ pcm, detector, recognizer, language: 'en' }))).toEqual([
      { startMs: 640, endMs: 1280, text: 'First.' },
      { startMs: 3200, endMs: 3840, text: 'Third.' },
    ]);
  });

  it('fails with the failure of the recogniser', async () => {
    const recognizer = createScriptedRecognizer(() => {
      throw new Error('model broke');
    });
    const reading = collect(transcribePcm({ pcm, detector, recognizer, language: 'en' }));
    await expect(reading).rejects.toThrow('model broke');
  });

  it('stops where the consumer stops', async () => {
    let decoded = 0;
    const recognizer = createScriptedRecognizer(() => {
      decoded += 1;
      return 'Words.';
    });
    const long = scriptedPcm(Array.from({ length: 40 }, () => [words, pause]).flat());
    for await (const { text } of transcribePcm({ pcm: long, detector, recognizer, language: 'en' })) {
      expect(text).toBe('Words.');
      break;
    }
    expect(decoded).toBeLessThan(6);
  });
});
