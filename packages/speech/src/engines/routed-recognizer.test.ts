import { describe, expect, it } from 'vitest';
import { describeSpeechRecognizer } from '../contract.ts';
import type { SpeechRecognizer } from '../lib/speech-recognizer.ts';
import { createScriptedRecognizer } from '../testing.ts';
import { createRoutedRecognizer } from './routed-recognizer.ts';

function speaking(languages: readonly string[], text: string): SpeechRecognizer {
  return {
    capabilities: { languages, wordTimes: false, partials: 'whole' },
    recognize: () => Promise.resolve({ text }),
    close: () => Promise.resolve(),
  };
}

describeSpeechRecognizer('createRoutedRecognizer', (limits) => {
  return Promise.resolve(
    createRoutedRecognizer([createScriptedRecognizer(() => 'heard', limits), speaking(['es'], '')]),
  );
});

describe('createRoutedRecognizer', () => {
  it.each([
    { language: 'es-US', want: 'first' },
    { language: 'en-US', want: 'second' },
    { language: 'EN', want: 'second' },
  ])('hears $language with the first engine that speaks it', async ({ language, want }) => {
    const routed = createRoutedRecognizer([
      speaking(['es', 'fr'], 'first'),
      speaking(['en', 'es'], 'second'),
    ]);
    expect(routed.capabilities.languages).toEqual(['es', 'fr', 'en']);
    expect(await routed.recognize({ pcm: new Int16Array(80), language })).toEqual({ text: want });
  });
});
