import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itKeepsItsConnection, type ConnectedEngine } from './contract/connected-engine.ts';
import { itPlacesWords } from './contract/placed-words.ts';
import { TONE_AUDIO_MS, toneBetweenSilences } from './contract/tone.ts';
import { isSpeechError, type SpeechErrorCode } from './lib/speech-error.ts';
import type { RecognizedWord, SpeechRecognizer } from './lib/speech-recognizer.ts';

export { type ConnectedEngine } from './contract/connected-engine.ts';

/** Bounds of a recogniser that is to be overloaded. */
export interface ContractLimits {
  readonly inFlightMax: number;
  readonly queuedMax: number;
}

/** Keeps to the limits where it is given some. */
export type RecognizerFactory = (limits?: ContractLimits) => Promise<SpeechRecognizer>;

export interface ContractOptions {
  /** What an utterance meets that finds no place to wait: `speech.queue-full`, or another engine. */
  readonly overload?: 'refused' | 'answered';
  /** Whether what the factory makes hears a tone as a word. */
  readonly hearsTones?: boolean;
  readonly connected?: ConnectedEngine;
}

/** What every recogniser promises; run it against each implementation and each fake. */
export function describeSpeechRecognizer(
  name: string,
  factory: RecognizerFactory,
  options: ContractOptions = {},
): void {
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

    it('answers words of open speech as it grows, or says that it has none', async () => {
      const pcm = toneBetweenSilences();
      const lengths = recognizer.capabilities.partials === 'none' ? [] : [2400, 4000, 6400];
      for (const length of lengths) {
        const partial = { pcm: pcm.slice(0, length), language, callId: 'open', priority: 'partial' as const };
        expect(typeof (await recognizer.recognize(partial)).text).toBe('string');
      }
      expect(['none', 'whole', 'incremental']).toContain(recognizer.capabilities.partials);
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

    it('gives up a decode that waits when its signal fires, and no other', async () => {
      const narrow = await factory({ inFlightMax: 1, queuedMax: 8 });
      const caller = new AbortController();
      const reason = new Error('caller left');
      const audio = { pcm: toneBetweenSilences(), language };
      const first = narrow.recognize(audio);
      const given = narrow.recognize({ ...audio, signal: caller.signal });
      const last = narrow.recognize(audio);
      caller.abort(reason);
      const outcomes = await Promise.allSettled([first, given, last]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(outcomes[1]).toMatchObject({ reason });
      await narrow.close();
    });

    it('hears on after the signal of a decode at work fired', async () => {
      const caller = new AbortController();
      const reason = new Error('caller left');
      const audio = { pcm: toneBetweenSilences(), language };
      const left = Promise.allSettled([recognizer.recognize({ ...audio, signal: caller.signal })]);
      await setImmediate();
      caller.abort(reason);
      const [outcome] = await left;
      // At work it is finished; one that has not begun yet is given up.
      expect([undefined, reason]).toContain(outcome.status === 'rejected' ? outcome.reason : undefined);
      expect(typeof (await recognizer.recognize(audio)).text).toBe('string');
    });

    it('bounds what waits, and hears again once there is room', async () => {
      const narrow = await factory({ inFlightMax: 1, queuedMax: 1 });
      const audio = { pcm: toneBetweenSilences(), language };
      const asked = Array.from({ length: 4 }, () => outcomeOf(narrow.recognize(audio)));
      const beyond = options.overload === 'answered' ? 'answered' : 'refused, may be asked again';
      expect(await Promise.all(asked)).toEqual(['answered', 'answered', beyond, beyond]);
      expect(await outcomeOf(narrow.recognize(audio))).toBe('answered');
      await narrow.close();
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

    if (options.hearsTones === true) itPlacesWords(() => recognizer);
    if (options.connected !== undefined) itKeepsItsConnection(options.connected);
  });
}

async function outcomeOf(answer: Promise<{ readonly text: string }>): Promise<unknown> {
  try {
    await answer;
    return 'answered';
  } catch (error) {
    if (!isSpeechError(error, 'speech.queue-full')) return error;
    return error.retryable ? 'refused, may be asked again' : 'refused for good';
  }
}

function textOf(words: readonly RecognizedWord[]): string {
  return words
    .map((word) => `${word.punctuationBefore ?? ''}${word.content}${word.punctuationAfter ?? ''}`)
    .join(' ');
}

function hasCode(code: SpeechErrorCode): (error: unknown) => boolean {
  return (error) => isSpeechError(error, code);
}
