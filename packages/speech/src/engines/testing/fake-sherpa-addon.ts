import type { OnlineRecognizer, OnlineStream, SherpaAddon, SherpaResult } from '../sherpa-addon.ts';

/** Samples a decoding step takes, as a streaming encoder works in chunks. */
const CHUNK_SAMPLES = 5120;
const LOUD = 0.1;
const RATE_HZ = 16_000;

/** What one stream of the fake was given. */
export interface FakeStream extends OnlineStream {
  readonly samples: readonly number[];
  readonly finished: boolean;
}

export interface FakeSherpaAddon extends SherpaAddon {
  readonly streams: readonly FakeStream[];
  readonly configs: readonly object[];
}

/**
 * The online half of `sherpa-onnx-node` without a model: the words of a stream are WORD0, WORD1, ... for its first,
 * second, ... chunk where that is loud, from the moment it is; upper case and one token a word, as transducers write.
 */
export function createFakeSherpaAddon(): FakeSherpaAddon {
  const streams: FakeStreamInUse[] = [];
  const configs: object[] = [];
  class FakeOnlineRecognizer implements OnlineRecognizer {
    constructor(config: object) {
      configs.push(config);
    }

    createStream(): OnlineStream {
      const stream = new FakeStreamInUse();
      streams.push(stream);
      return stream;
    }

    isReady(stream: OnlineStream): boolean {
      return asFake(stream).isReady;
    }

    decode(stream: OnlineStream): void {
      asFake(stream).decodeChunk();
    }

    getResult(stream: OnlineStream): SherpaResult {
      const { heard } = asFake(stream);
      return {
        text: heard.map(({ chunk }) => `WORD${chunk}`).join(' '),
        tokens: heard.map(({ chunk }) => ` WORD${chunk}`),
        timestamps: heard.map(({ atSample }) => atSample / RATE_HZ),
      };
    }
  }
  return {
    streams,
    configs,
    OnlineRecognizer: FakeOnlineRecognizer,
    OfflineRecognizer: { createAsync: () => Promise.reject(new Error('Cannot load: the fake only streams')) },
  };
}

class FakeStreamInUse implements FakeStream {
  readonly samples: number[] = [];
  readonly heard: { readonly chunk: number; readonly atSample: number }[] = [];
  finished = false;
  #decodedChunks = 0;

  get isReady(): boolean {
    const left = this.samples.length - this.#decodedChunks * CHUNK_SAMPLES;
    return left >= CHUNK_SAMPLES || (this.finished && left > 0);
  }

  acceptWaveform({ samples, sampleRate }: { samples: Float32Array; sampleRate: number }): void {
    if (this.finished) throw new Error('Cannot accept audio: the input is finished');
    if (sampleRate !== RATE_HZ) throw new Error(`Cannot accept audio of ${sampleRate} Hz`);
    for (const sample of samples) this.samples.push(sample);
  }

  inputFinished(): void {
    this.finished = true;
  }

  decodeChunk(): void {
    if (!this.isReady) throw new Error('Cannot decode: the stream is not ready');
    const from = this.#decodedChunks * CHUNK_SAMPLES;
    const samples = this.samples.slice(from, from + CHUNK_SAMPLES);
    const loud = samples.findIndex((sample) => Math.abs(sample) > LOUD);
    if (loud >= 0) this.heard.push({ chunk: this.#decodedChunks, atSample: from + loud });
    this.#decodedChunks += 1;
  }
}

function asFake(stream: OnlineStream): FakeStreamInUse {
  if (stream instanceof FakeStreamInUse) return stream;
  throw new TypeError('Cannot use a stream of another recogniser');
}
