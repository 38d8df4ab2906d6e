import { createFallbackRecognizer, createRoutedRecognizer, type SpeechRecognizer } from '@earshot/speech';
import { createScriptedRecognizer } from '@earshot/speech/testing';
import { createMetrics } from '@earshot/telemetry';
import { describe, expect, it } from 'vitest';
import { DecodePressure } from './decode-pressure.ts';
import { createIngestMetrics } from './ingest-metrics.ts';

const words = [{ content: 'hello', startMs: 10, endMs: 20, punctuationAfter: '.' }];
const AUDIO = { pcm: new Int16Array(800), language: 'en-US' };

function timed(): SpeechRecognizer {
  const scripted = createScriptedRecognizer(() => 'hello.');
  return {
    ...scripted,
    capabilities: { ...scripted.capabilities, wordTimes: true },
    recognize: async (audio) => ({ ...(await scripted.recognize(audio)), words }),
  };
}

function failing(): SpeechRecognizer {
  return { ...timed(), recognize: () => Promise.reject(new Error('away')) };
}

describe('DecodePressure', () => {
  const clock = { now: () => 0 };
  const watched = (recognizer: SpeechRecognizer): SpeechRecognizer =>
    new DecodePressure({ clock, metrics: createIngestMetrics(createMetrics('ingest')) }, 1000).watch(
      recognizer,
    );
  const behind = (primary: SpeechRecognizer, fallback: SpeechRecognizer): SpeechRecognizer =>
    createFallbackRecognizer({ primary, fallback, onFallback: () => undefined });

  const engines = [
    { given: 'an engine', engine: () => timed() },
    { given: 'an engine with another behind it', engine: () => behind(timed(), failing()) },
    { given: 'the engine behind one that fails', engine: () => behind(failing(), timed()) },
    { given: 'one of several engines', engine: () => createRoutedRecognizer([timed(), failing()]) },
  ];
  it.each(engines)('hands on the word times of $given', async ({ engine }) => {
    expect(await watched(engine()).recognize(AUDIO)).toMatchObject({ text: 'hello.', words });
  });
});
