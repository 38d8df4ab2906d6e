import type { RecognizedSpeech, RecognizedWord } from '../lib/speech-recognizer.ts';

/** As `RecognizedWord`, but in ms (fractions allowed) from the first sample of a stream. */
export type StreamWord = RecognizedWord;

/** The words of an utterance that stands at `startMs`..`endMs` of a stream, by their time in the utterance. */
export function speechOf(words: readonly StreamWord[], startMs: number, endMs: number): RecognizedSpeech {
  const durationMs = Math.floor(endMs - startMs);
  let earliestMs = 0;
  const own = words
    // What ended before belongs to the utterance before, answered late.
    .filter((word) => word.endMs > startMs)
    .map((word) => {
      const wordStartMs = clamp(Math.round(word.startMs - startMs), earliestMs, durationMs);
      const wordEndMs = clamp(Math.round(word.endMs - startMs), wordStartMs, durationMs);
      earliestMs = wordStartMs;
      return { ...word, startMs: wordStartMs, endMs: wordEndMs };
    });
  return own.length === 0 ? { text: '' } : { text: textOf(own), words: own };
}

/** Words with their punctuation, a space between them. */
export function textOf(words: readonly RecognizedWord[]): string {
  return words
    .map((word) => `${word.punctuationBefore ?? ''}${word.content}${word.punctuationAfter ?? ''}`)
    .join(' ');
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), Math.max(min, max));
}
