import { describe, expect, it } from 'vitest';
import { realSpeech } from '../testing/real-speech.ts';
import { scriptedPcm } from '../testing.ts';
import { withoutPhantom } from './phantom-text.ts';
import { voicedMs } from './voiced-time.ts';

const noise = scriptedPcm([{ durationMs: 1500, amplitude: 3000 }]);
/** A vowel at 140 Hz, 200 ms of it, in silence. */
const vowel = Int16Array.from({ length: 8000 }, (_, sample) =>
  sample < 1600 || sample >= 3200
    ? 0
    : Math.round(
        [1, 2, 3, 4].reduce(
          (sum, n) => sum + (2500 / n) * Math.sin((2 * Math.PI * 140 * n * sample) / 8000),
          0,
        ),
      ),
);

describe('withoutPhantom', () => {
  it.each(['Thank you.', 'you', 'Bye.', 'Bye-bye!', ' Thanks for watching! '])(
    'drops %j heard in noise',
    (text) => {
      expect(withoutPhantom({ text }, noise)).toEqual({ text: '' });
    },
  );

  it.each([
    { given: 'the same said by a voice', text: 'Thank you.', pcm: vowel },
    { given: 'other words, whatever they were heard in', text: 'Thank you, Anna.', pcm: noise },
    { given: 'no words', text: '', pcm: noise },
  ])('keeps $given', ({ text, pcm }) => {
    const heard = { text, degraded: 'small-model' } as const;
    expect(withoutPhantom(heard, pcm)).toBe(heard);
  });

  it('drops the times of the words as well, keeps all with a least voice of 0, and no text of short audio', () => {
    const words = [{ content: 'you', startMs: 0, endMs: 100 }];
    expect(withoutPhantom({ text: 'you', words }, noise)).toEqual({ text: '' });
    expect(withoutPhantom({ text: 'you', words }, noise, 0)).toEqual({ text: 'you', words });
    expect(withoutPhantom({ text: 'you' }, new Int16Array(100))).toEqual({ text: '' });
  });
});

describe('voicedMs', () => {
  it('counts the time of a pitch, up to what is enough', () => {
    expect(voicedMs(vowel, 1000)).toBeGreaterThanOrEqual(170);
    expect(voicedMs(vowel, 1000)).toBeLessThanOrEqual(240);
    expect(voicedMs(vowel, 60)).toBe(64);
  });

  it.each([
    { given: 'silence', pcm: new Int16Array(8000) },
    { given: 'noise', pcm: noise },
    { given: 'a voice too quiet to be heard', pcm: vowel.map((sample) => sample / 400) },
  ])('counts nothing of $given', ({ pcm }) => {
    expect(voicedMs(pcm, 1000)).toBe(0);
  });

  it('finds a voice in recorded speech', async () => {
    expect(voicedMs(await realSpeech(), 3000)).toBeGreaterThanOrEqual(3000);
  });
});
