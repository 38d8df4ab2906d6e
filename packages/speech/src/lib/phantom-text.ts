import type { RecognizedSpeech } from './speech-recognizer.ts';
import { voicedMs } from './voiced-time.ts';

/** What models that learnt from subtitles say to noise. */
const phantoms: ReadonlySet<string> = new Set([
  'you',
  'thank you',
  'thanks',
  'thank you very much',
  'thank you so much',
  'thanks for watching',
  'thank you for watching',
  'bye',
  'bye bye',
  'goodbye',
  'please subscribe',
  'so',
  'oh',
]);

/** Of 348 segments of recorded speech, single words among them, none has less than 144 ms. */
const PHANTOM_VOICED_MS_MIN = 60;

/**
 * Speech as it was recognised, or without words where they are all a phantom and hardly any voice is in the audio.
 *
 * @param voicedMsMin 0 keeps all
 */
export function withoutPhantom(
  heard: RecognizedSpeech,
  pcm: Int16Array,
  voicedMsMin = PHANTOM_VOICED_MS_MIN,
): RecognizedSpeech {
  const words = heard.text
    .toLowerCase()
    .replaceAll(/[^\p{L}]+/gu, ' ')
    .trim();
  if (!phantoms.has(words) || voicedMs(pcm, voicedMsMin) >= voicedMsMin) return heard;
  const { words: _, ...rest } = heard;
  return { ...rest, text: '' };
}
