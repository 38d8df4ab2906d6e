/** A stretch of loud audio, ms from the first sample of the stream. */
export interface ToneSegment {
  readonly startMs: number;
  readonly endMs: number;
}

const SAMPLES_PER_MS = 8;
const LOUD = 1000;

/** Hears every tone of a stream as one word; a tone is over after `silenceMs` without another. */
export class ToneSegmenter {
  readonly #silenceMs: number;
  #heardSamples = 0;
  #startSample: number | undefined;
  #lastLoudSample = 0;

  constructor(silenceMs: number) {
    this.#silenceMs = silenceMs;
  }

  get heardMs(): number {
    return this.#heardSamples / SAMPLES_PER_MS;
  }

  /** True while a tone is heard that is not over. */
  get open(): boolean {
    return this.#startSample !== undefined;
  }

  /** The tones that ended within or before `pcm`. */
  push(pcm: Int16Array): readonly ToneSegment[] {
    const ended: ToneSegment[] = [];
    for (const sample of pcm) {
      this.#heardSamples += 1;
      if (Math.abs(sample) > LOUD) {
        this.#startSample ??= this.#heardSamples - 1;
        this.#lastLoudSample = this.#heardSamples;
      } else if (this.#heardSamples - this.#lastLoudSample >= this.#silenceMs * SAMPLES_PER_MS) {
        ended.push(...this.flush());
      }
    }
    return ended;
  }

  flush(): readonly ToneSegment[] {
    if (this.#startSample === undefined) return [];
    const segment = {
      startMs: this.#startSample / SAMPLES_PER_MS,
      endMs: this.#lastLoudSample / SAMPLES_PER_MS,
    };
    this.#startSample = undefined;
    return [segment];
  }
}
