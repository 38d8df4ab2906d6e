import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSpeechError, type SpeechErrorCode } from './lib/speech-error.ts';
import type { RecognizedWord, SpeechRecognizer } from './lib/speech-recognizer.ts';

const TONE_AUDIO_MS = 1100;
const TONE = { startMs: 300, endMs: 800 } as const;

/** Bounds of a recogniser that is to be overloaded. */
export interface ContractLimits {
  readonly inFlightMax: number;
  readonly queuedMax: number;
}

/** Keeps to the limits where it is given some. */
export type RecognizerFactory = (limits?: ContractLimits) => Promise<SpeechRecognizer>;

/** Servers of an engine that is reached over a connection. */
export interface ConnectedEngine {
  /**
   * A recogniser of a server that hears each tone as a word; the first `cutCount` connections break while they hear
   * one. It is to be kept alive every 5 ms. Both are closed with the recogniser.
   */
  connect(cutCount: number): Promise<{
    readonly recognizer: SpeechRecognizer;
    connectionCount(): number;
    /** Fulfilled once an idle connection was kept alive, after the words that are heard now. */
    keptAlive(): Promise<void>;
  }>;
}

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

function itPlacesWords(opened: () => SpeechRecognizer): void {
  it('places its words on the speech', async () => {
    const recognizer = opened();
    const [language = 'none'] = recognizer.capabilities.languages;
    const { words = [] } = await recognizer.recognize({ pcm: toneBetweenSilences(), language });
    expect(words).not.toHaveLength(0);
    const beside = words.filter(({ startMs, endMs }) => endMs < TONE.startMs || startMs > TONE.endMs);
    expect(beside).toEqual([]);
  });
}

function itKeepsItsConnection({ connect }: ConnectedEngine): void {
  const speech = (recognizer: SpeechRecognizer) => ({
    pcm: toneBetweenSilences(),
    language: recognizer.capabilities.languages[0] ?? 'none',
    callId: 'call-1',
  });

  it('hears one utterance after the other of a call on one connection', async () => {
    const { recognizer, connectionCount } = await connect(0);
    const heard = await recognizer.recognize(speech(recognizer));
    expect(heard.words).toHaveLength(1);
    expect(await recognizer.recognize(speech(recognizer))).toEqual(heard);
    expect(connectionCount()).toBe(1);
    await recognizer.close();
  });

  it('plays an utterance again from its beginning where its connection broke in the middle', async () => {
    const whole = await connect(0);
    const broken = await connect(1);
    const heard = await whole.recognizer.recognize(speech(whole.recognizer));
    expect(await broken.recognizer.recognize(speech(broken.recognizer))).toEqual(heard);
    expect(broken.connectionCount()).toBe(2);
    await Promise.all([whole.recognizer.close(), broken.recognizer.close()]);
  });

  it('gives up after its tries, with an error that may pass and shows no words', async () => {
    const { recognizer, connectionCount } = await connect(Number.POSITIVE_INFINITY);
    const error: unknown = await recognizer.recognize(speech(recognizer)).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'speech.engine-unavailable', retryable: true });
    expect(String(error)).not.toMatch(/tone/i);
    expect(connectionCount()).toBe(3);
    await recognizer.close();
  });

  it('keeps an idle connection alive, which moves no word of the next utterance', async () => {
    const { recognizer, connectionCount, keptAlive } = await connect(0);
    const heard = await recognizer.recognize(speech(recognizer));
    await keptAlive();
    const next = await recognizer.recognize(speech(recognizer));
    expect(next.text).toBe(heard.text);
    // What keeps it alive comes in whole milliseconds of audio, so the words stay where they are.
    expect(next.words).toEqual(heard.words);
    expect(connectionCount()).toBe(1);
    await recognizer.close();
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

/** A tone with 0.3 s of silence on both sides. */
function toneBetweenSilences(): Int16Array {
  const pcm = new Int16Array(TONE_AUDIO_MS * 8);
  for (let index = TONE.startMs * 8; index < TONE.endMs * 8; index += 1)
    pcm[index] = Math.round(8000 * Math.sin(index / 3));
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
