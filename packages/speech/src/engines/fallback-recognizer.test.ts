import { describe, expect, it } from 'vitest';
import { describeSpeechRecognizer } from '../contract.ts';
import { speechError, type SpeechErrorCode } from '../lib/speech-error.ts';
import type { SpeechRecognizer } from '../lib/speech-recognizer.ts';
import { createScriptedRecognizer } from '../testing.ts';
import { createFallbackRecognizer, type FallbackEvent, type FallbackOptions } from './fallback-recognizer.ts';

const audio = { pcm: new Int16Array(800), language: 'en-US', callId: 'call-1' };

/** Answers in turn: a text, or the code of a failure; the last one for good. */
function engine(
  ...answers: (string | { readonly code: SpeechErrorCode })[]
): SpeechRecognizer & { asked: number } {
  const self = {
    ...createScriptedRecognizer([]),
    asked: 0,
    recognize: () => {
      const answer = answers[Math.min(self.asked, answers.length - 1)] ?? '';
      self.asked += 1;
      if (typeof answer === 'string') return Promise.resolve({ text: answer });
      return Promise.reject(speechError(answer.code, 'Cannot recognise speech: test'));
    },
  };
  return self;
}

function fallbackOf(
  primary: SpeechRecognizer,
  options: Partial<FallbackOptions> = {},
): { recognizer: SpeechRecognizer; events: FallbackEvent[] } {
  const events: FallbackEvent[] = [];
  const recognizer = createFallbackRecognizer({
    primary,
    fallback: createScriptedRecognizer(() => 'from the second'),
    onFallback: (event) => events.push(event),
    ...options,
  });
  return { recognizer, events };
}

describeSpeechRecognizer(
  'createFallbackRecognizer',
  (limits) => {
    const primary = createScriptedRecognizer(() => 'heard', limits);
    return Promise.resolve(fallbackOf(primary).recognizer);
  },
  { overload: 'answered' },
);

describe('createFallbackRecognizer', () => {
  it('answers with the first engine while that works', async () => {
    const { recognizer, events } = fallbackOf(engine('from the first'));
    expect(await recognizer.recognize(audio)).toEqual({ text: 'from the first' });
    expect(events).toEqual([]);
  });

  it.each<{ code: SpeechErrorCode }>([
    { code: 'speech.engine-refused' },
    { code: 'speech.engine-unavailable' },
    { code: 'speech.engine-limited' },
    { code: 'speech.decode-failed' },
    { code: 'speech.queue-full' },
  ])('answers with the second engine after $code, and says so', async ({ code }) => {
    const { recognizer, events } = fallbackOf(engine({ code }));
    expect(await recognizer.recognize(audio)).toEqual({
      text: 'from the second',
      degraded: 'fallback-engine',
      fallbackReason: code,
    });
    expect(events).toEqual([{ callId: 'call-1', reason: code, circuit: 'closed' }]);
  });

  it.each<{ code: SpeechErrorCode }>([
    { code: 'speech.language-unsupported' },
    { code: 'speech.audio-too-long' },
    { code: 'speech.closed' },
  ])('hands $code to the caller', async ({ code }) => {
    const { recognizer, events } = fallbackOf(engine({ code }));
    await expect(recognizer.recognize(audio)).rejects.toMatchObject({ code });
    expect(events).toEqual([]);
  });

  it('leaves partials that the first engine does not do to the second, and marks nothing', async () => {
    const primary = engine('from the first');
    const metered = { ...primary, capabilities: { ...primary.capabilities, partials: 'none' as const } };
    const { recognizer, events } = fallbackOf(metered);
    expect(recognizer.capabilities.partials).toBe('whole');
    expect(await recognizer.recognize({ ...audio, priority: 'partial' })).toEqual({
      text: 'from the second',
    });
    expect(await recognizer.recognize(audio)).toEqual({ text: 'from the first' });
    expect(events).toEqual([]);
  });

  it('does without a partial that the first engine fails, and does not hold it against it', async () => {
    const failure = { code: 'speech.queue-full' } as const;
    const { recognizer, events } = fallbackOf(engine(failure, failure, 'from the first'), { failuresMax: 1 });
    for (let turn = 0; turn < 2; turn += 1) {
      const partial = recognizer.recognize({ ...audio, priority: 'partial' });
      await expect(partial).rejects.toMatchObject(failure);
    }
    expect(await recognizer.recognize(audio)).toEqual({ text: 'from the first' });
    expect(events).toEqual([]);
  });

  it('hands the failure to the caller where the second engine lacks the language', async () => {
    const { recognizer } = fallbackOf(engine({ code: 'speech.engine-refused' }), { failuresMax: 1 });
    const spanish = { ...audio, language: 'es-US' };
    await expect(recognizer.recognize(spanish)).rejects.toMatchObject({ code: 'speech.engine-refused' });
    await expect(recognizer.recognize(spanish)).rejects.toMatchObject({ code: 'speech.engine-unavailable' });
  });

  it('stops asking an engine that keeps failing, then asks again once its time is over', async () => {
    const time = { nowMs: 0 };
    const failure = { code: 'speech.engine-unavailable' } as const;
    const primary = engine(failure, failure, 'from the first');
    const { recognizer, events } = fallbackOf(primary, {
      failuresMax: 2,
      openMs: 1000,
      clock: { now: () => time.nowMs },
    });
    for (let turn = 0; turn < 4; turn += 1) await recognizer.recognize(audio);
    expect(primary.asked).toBe(2);
    expect(events.map(({ reason, circuit }) => [reason, circuit])).toEqual([
      ['speech.engine-unavailable', 'closed'],
      ['speech.engine-unavailable', 'open'],
      ['circuit-open', 'open'],
      ['circuit-open', 'open'],
    ]);
    time.nowMs = 1000;
    expect(await recognizer.recognize(audio)).toEqual({ text: 'from the first' });
    expect(await recognizer.recognize(audio)).toEqual({ text: 'from the first' });
  });

  it('does not hold a caller that left against the engine', async () => {
    const caller = new AbortController();
    const reason = new Error('caller left');
    const primary: SpeechRecognizer = {
      ...createScriptedRecognizer([]),
      recognize: () => {
        caller.abort(reason);
        return Promise.reject(reason);
      },
    };
    const { recognizer, events } = fallbackOf(primary, { failuresMax: 1 });
    await expect(recognizer.recognize({ ...audio, signal: caller.signal })).rejects.toBe(reason);
    expect(events).toEqual([]);
  });
});
