import { expect, it } from 'vitest';
import type { SpeechRecognizer } from '../lib/speech-recognizer.ts';
import { TONE, toneBetweenSilences } from './tone.ts';

/** @param opened asked for while a test runs */
export function itPlacesWords(opened: () => SpeechRecognizer): void {
  it('places its words on the speech', async () => {
    const recognizer = opened();
    const [language = 'none'] = recognizer.capabilities.languages;
    const { words = [] } = await recognizer.recognize({ pcm: toneBetweenSilences(), language });
    expect(words).not.toHaveLength(0);
    const beside = words.filter(({ startMs, endMs }) => endMs < TONE.startMs || startMs > TONE.endMs);
    expect(beside).toEqual([]);
  });
}
