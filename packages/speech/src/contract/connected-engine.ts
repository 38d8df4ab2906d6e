import { expect, it } from 'vitest';
import type { SpeechRecognizer } from '../lib/speech-recognizer.ts';
import { toneBetweenSilences } from './tone.ts';

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

export function itKeepsItsConnection({ connect }: ConnectedEngine): void {
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
