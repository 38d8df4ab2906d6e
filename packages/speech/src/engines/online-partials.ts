import { upsample8To16 } from '../lib/upsample.ts';
import { decodeReady, MODEL_RATE_HZ, type OnlineRecognizer, type OnlineStream } from './sherpa-addon.ts';
import type { SherpaResult } from './sherpa-addon.ts';

export interface OnlinePartialsLimits {
  /** Stretches of open speech followed at once; of more, the one heard longest ago begins anew. */
  readonly streamsMax: number;
}

/** A stretch of speech that is not over, and the decoder that has heard it so far. */
interface FollowedSpeech {
  readonly callId: string;
  readonly stream: OnlineStream;
  /** A copy. */
  readonly heard: Int16Array;
  readonly fedSamples: number;
}

/** Samples on both sides of one that the interpolation looks at: given out only once they are known. */
const CONTEXT_SAMPLES = 16;

/**
 * Words of open speech from a streaming model. Each time all of the speech is given; the decoder that heard its
 * beginning is found by that beginning, and is fed only what is new.
 */
export class OnlinePartials {
  readonly #recognizer: OnlineRecognizer;
  readonly #limits: OnlinePartialsLimits;
  /** Longest not heard first. */
  readonly #followed = new Set<FollowedSpeech>();

  constructor(recognizer: OnlineRecognizer, limits: OnlinePartialsLimits) {
    this.#recognizer = recognizer;
    this.#limits = limits;
  }

  /** @param pcm 8 kHz mono; all of the open speech, from the same sample each time */
  async hear(callId: string, pcm: Int16Array): Promise<SherpaResult> {
    const before = this.#take(callId, pcm);
    const stream = before?.stream ?? this.#recognizer.createStream();
    const fedSamples = feed(stream, pcm, before?.fedSamples ?? 0);
    await decodeReady(this.#recognizer, stream);
    this.#keep({ callId, stream, heard: pcm.slice(), fedSamples });
    return this.#recognizer.getResult(stream);
  }

  /** The speech is over: lets go of the decoder that followed it. */
  end(callId: string, pcm: Int16Array): void {
    for (const followed of this.#followed) {
      if (followed.callId !== callId) continue;
      // A hard cut ends speech before the place it was followed to.
      if (beginsWith(pcm, followed.heard) || beginsWith(followed.heard, pcm)) this.#followed.delete(followed);
    }
  }

  /** A stream is out of the set while it is fed: two at once never share one. */
  #take(callId: string, pcm: Int16Array): FollowedSpeech | undefined {
    for (const followed of this.#followed) {
      if (followed.callId !== callId || !beginsWith(pcm, followed.heard)) continue;
      this.#followed.delete(followed);
      return followed;
    }
    return undefined;
  }

  #keep(followed: FollowedSpeech): void {
    this.#followed.add(followed);
    const [oldest] = this.#followed;
    if (oldest !== undefined && this.#followed.size > this.#limits.streamsMax) this.#followed.delete(oldest);
  }
}

/** Answers how many samples the stream has now; the last ones wait for those behind them. */
function feed(stream: OnlineStream, pcm: Int16Array, fedSamples: number): number {
  const until = pcm.length - CONTEXT_SAMPLES;
  if (until <= fedSamples) return fedSamples;
  const from = Math.max(0, fedSamples - CONTEXT_SAMPLES);
  const window = upsample8To16(pcm.subarray(from));
  const samples = window.slice(2 * (fedSamples - from), 2 * (until - from));
  stream.acceptWaveform({ samples, sampleRate: MODEL_RATE_HZ });
  return until;
}

function beginsWith(pcm: Int16Array, heard: Int16Array): boolean {
  if (heard.length > pcm.length) return false;
  return heard.every((sample, index) => sample === pcm[index]);
}
