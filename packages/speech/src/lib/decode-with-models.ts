import { msToSamples } from '@earshot/domain';
import type { DecodeTurn } from './decode-queue.ts';
import type { DecodePcm } from './moonshine-model.ts';
import type { RecognizedSpeech } from './speech-recognizer.ts';

export interface DecodeModels {
  readonly main: DecodePcm;
  /** Faster, and wrong more often. */
  readonly small: DecodePcm | undefined;
  /** A final that has waited longer is decoded by the small model. */
  readonly smallModelWaitMs: number;
}

/** The endpointer's rolls around the speech; what is left over is how long somebody spoke. */
const ROLLS_MS = 410;
const RETRY_SPEECH_MS_MIN = 250;
const RETRY_LEAD_MS_LESS = 150;

/**
 * Text of one segment. The models hear nothing in some speech that opens with a long lead: a shorter lead often mends
 * it, another model some of the rest.
 */
export async function decodeWithModels(
  { main, small, smallModelWaitMs }: DecodeModels,
  pcm: Int16Array,
  turn: DecodeTurn,
): Promise<RecognizedSpeech> {
  // The next one comes within a second or two: one try, and the small model's where there is one.
  if (turn.priority === 'partial') {
    return small === undefined
      ? { text: await main(pcm) }
      : { text: await small(pcm), degraded: 'small-model' };
  }
  const isPressed = small !== undefined && turn.priority === 'final' && turn.waitedMs > smallModelWaitMs;
  if (isPressed) return { text: await decodeTwice(small, pcm), degraded: 'small-model' };
  const text = await decodeTwice(main, pcm);
  if (text !== '' || small === undefined || !holdsSpeech(pcm)) return { text };
  const smallText = await small(pcm);
  return smallText === '' ? { text } : { text: smallText, degraded: 'small-model' };
}

async function decodeTwice(decode: DecodePcm, pcm: Int16Array): Promise<string> {
  const text = await decode(pcm);
  if (text !== '' || !holdsSpeech(pcm)) return text;
  return await decode(pcm.subarray(msToSamples(RETRY_LEAD_MS_LESS)));
}

function holdsSpeech(pcm: Int16Array): boolean {
  return pcm.length >= msToSamples(ROLLS_MS + RETRY_SPEECH_MS_MIN);
}
