/**
 * Why speech was cut: `pause` after the hangover, `long` at a short pause of long speech, `hard` in the middle
 * of speech that went on too long, `flush` because the caller said so.
 */
export type SpeechCutCause = 'pause' | 'long' | 'hard' | 'flush';

/** One cut of speech; sample positions count the track's contiguous 8 kHz PCM from 0. */
export interface SpeechSegment {
  /** First sample of the speech. */
  readonly startSample: number;
  /** One past the last sample of the speech. */
  readonly endSample: number;
  readonly decodeStartSample: number;
  readonly decodeEndSample: number;
  /** What the recogniser hears: `decodeStartSample` up to `decodeEndSample`. A copy. */
  readonly pcm: Int16Array;
  readonly cause: SpeechCutCause;
}

/** The speech of a segment without the rolls around it. A view. */
export function speechOf({ pcm, startSample, endSample, decodeStartSample }: SpeechSegment): Int16Array {
  return pcm.subarray(startSample - decodeStartSample, endSample - decodeStartSample);
}
