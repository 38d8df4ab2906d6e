import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSpeechError, type SpeechErrorCode } from './lib/speech-error.ts';
import type { RecognizedWord, SpeechRecognizer } from './lib/speech-recognizer.ts';

const TONE_AUDIO_MS = 1100;

/** What every recogniser promises; run it against each implementation and each fake. */
export function describeSpeechRecognizer(name: string, factory: () => Promise<SpeechRecognizer>): void {
  describe(`${name} keeps the recogniser contract`, () => {
    let recognizer: SpeechRecognizer;
    let language: string;

    beforeAll(async () => {
      recognizer = await factory();
      language = recognizer.capabilities.languages[0] ?? 'none';
    });
    afterAll(async () => {
      await recognizer.close();
    });

    it('names at least one language', () => {
      expect(recognizer.capabilities.languages).not.toHaveLength(0);
    });

    it('answers no audio with no words', async () => {
      expect(await recognizer.recognize({ pcm: new Int16Array(0), language })).toEqual({ text: '' });
    });

    it('answers every one of many calls at once, with a string', async () => {
      const pcm = new Int16Array(4000);
      const answers = await Promise.all(
        Array.from(
          { length: 5 },
          async () => await recognizer.recognize({ pcm, language: `${language}-US` }),
        ),
      );
      expect(answers.map((answer) => typeof answer.text)).toEqual(Array.from({ length: 5 }, () => 'string'));
    });

    it('leaves the audio it was given unchanged', async () => {
      const pcm = Int16Array.from({ length: 4000 }, (_, index) => (index % 80) * 20);
      const before = pcm.slice();
      await recognizer.recognize({ pcm, language });
      expect(pcm).toEqual(before);
    });

    it('gives words only where it says so: in order, within the audio, together the text', async () => {
      const { text, words } = await recognizer.recognize({ pcm: toneBetweenSilences(), language });
      const times = (words ?? []).flatMap((word) => [word.startMs, word.endMs]);
      const starts = (words ?? []).map((word) => word.startMs);
      expect(words === undefined || recognizer.capabilities.wordTimes).toBe(true);
      expect(times.filter((ms) => !Number.isInteger(ms) || ms < 0 || ms > TONE_AUDIO_MS)).toEqual([]);
      expect(starts).toEqual(starts.toSorted((a, b) => a - b));
      expect(words === undefined ? text : textOf(words)).toBe(text);
    });

    it('refuses a language it does not know', async () => {
      const audio = { pcm: new Int16Array(800), language: 'tlh' };
      await expect(recognizer.recognize(audio)).rejects.toSatisfy(hasCode('speech.language-unsupported'));
    });

    it('rejects with the reason of a signal that is aborted already', async () => {
      const reason = new Error('caller left');
      const audio = { pcm: new Int16Array(800), language, signal: AbortSignal.abort(reason) };
      await expect(recognizer.recognize(audio)).rejects.toBe(reason);
    });

    it('leaves nothing unanswered when it closes', async () => {
      const closing = await factory();
      const audio = { pcm: new Int16Array(4000), language };
      const settled = Array.from({ length: 4 }, async () => {
        try {
          return typeof (await closing.recognize(audio)).text;
        } catch (error) {
          return isSpeechError(error, 'speech.closed') ? 'closed' : error;
        }
      });
      await closing.close();
      const outcomes = await Promise.all(settled);
      expect(outcomes.filter((outcome) => outcome !== 'string' && outcome !== 'closed')).toEqual([]);
    });

    it('closes twice and refuses audio afterwards', async () => {
      const closing = await factory();
      await closing.close();
      await closing.close();
      const audio = { pcm: new Int16Array(800), language };
      await expect(closing.recognize(audio)).rejects.toSatisfy(hasCode('speech.closed'));
    });
  });
}

/** 0.3 s of silence on both sides of 0.5 s of a tone. */
function toneBetweenSilences(): Int16Array {
  const pcm = new Int16Array(TONE_AUDIO_MS * 8);
  for (let index = 2400; index < 6400; index += 1) pcm[index] = Math.round(8000 * Math.sin(index / 3));
  return pcm;
}

function textOf(words: readonly RecognizedWord[]): string {
  return words
    .map((word) => `${word.punctuationBefore ?? ''}${word.content}${word.punctuationAfter ?? ''}`)
    .join(' ');
}

function hasCode(code: SpeechErrorCode): (error: unknown) => boolean {
  return (error) => isSpeechError(error, code);
}
