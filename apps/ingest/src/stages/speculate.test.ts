import type { RecognizedSpeech, SpeechAudio, SpeechSegment } from '@earshot/speech';
import { createMetrics } from '@earshot/telemetry';
import { describe, expect, it } from 'vitest';
import { createIngestMetrics } from '../ingest-metrics.ts';
import { Speculation } from './speculate.ts';

function segment(startSample: number, endSample: number): SpeechSegment {
  const pcm = new Int16Array(endSample - startSample);
  return {
    startSample,
    endSample,
    decodeStartSample: startSample,
    decodeEndSample: endSample,
    pcm,
    cause: 'pause',
  };
}

/** A recogniser that answers when it is told to. */
function asked() {
  const questions: { audio: SpeechAudio; answer: (heard: RecognizedSpeech) => void }[] = [];
  const call = new AbortController();
  const speculation = new Speculation({
    recognizer: {
      capabilities: { languages: ['en'], wordTimes: false, partials: 'none' },
      recognize: (audio) => {
        const { promise, resolve, reject } = Promise.withResolvers<RecognizedSpeech>();
        audio.signal?.addEventListener('abort', () => reject(audio.signal?.reason));
        questions.push({ audio, answer: resolve });
        return promise;
      },
      close: async () => undefined,
    },
    language: 'en-US',
    callId: 'call',
    phrases: [],
    metrics: createIngestMetrics(createMetrics('ingest')),
    signal: call.signal,
  });
  return { questions, call, speculation };
}

describe('Speculation', () => {
  it('asks once for the same speech, behind what somebody waits for', () => {
    const { questions, speculation } = asked();
    speculation.follow(segment(0, 800));
    speculation.follow(segment(0, 800));
    expect(questions.map(({ audio }) => [audio.pcm.length, audio.priority, audio.callId])).toEqual([
      [800, 'speculative', 'call'],
    ]);
  });

  it('gives the answer of a cut of just that audio, which now comes before others', async () => {
    const { questions, speculation } = asked();
    speculation.follow(segment(0, 800));
    const [question] = questions;
    expect(question?.audio.promotion?.aborted).toBe(false);
    const claimed = speculation.claim({ ...segment(0, 800), cause: 'flush' });
    expect(question?.audio.promotion?.aborted).toBe(true);
    question?.answer({ text: 'Good morning.' });
    expect(await claimed).toEqual({ text: 'Good morning.' });
  });

  it.each([
    { given: 'speech that went on', cut: segment(0, 1600) },
    { given: 'other speech', cut: segment(1600, 2400) },
  ])('has no answer for $given', ({ cut }) => {
    const { speculation } = asked();
    speculation.follow(segment(0, 800));
    expect(speculation.claim(cut)).toBeUndefined();
  });

  it('gives up what it asked when speech goes on, and asks again at the next pause', () => {
    const { questions, speculation } = asked();
    speculation.follow(segment(0, 800));
    speculation.follow(undefined);
    speculation.follow(segment(0, 1600));
    expect(questions.map(({ audio }) => audio.signal?.aborted)).toEqual([true, false]);
  });

  it('gives up what was claimed only with the call', async () => {
    const { questions, call, speculation } = asked();
    speculation.follow(segment(0, 800));
    const claimed = speculation.claim(segment(0, 800));
    speculation.giveUp();
    expect(questions[0]?.audio.signal?.aborted).toBe(false);
    call.abort(new Error('worker leaves'));
    await expect(claimed).rejects.toThrow('worker leaves');
  });
});
