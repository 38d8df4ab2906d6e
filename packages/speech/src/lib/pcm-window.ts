/** The last samples of a track, addressed by their position in it. Holds at most `capacity` samples. */
export class PcmWindow {
  readonly #buffer: Int16Array;
  #start: number;
  #end: number;

  constructor(capacity: number, startSample: number) {
    this.#buffer = new Int16Array(capacity);
    this.#start = startSample;
    this.#end = startSample;
  }

  get startSample(): number {
    return this.#start;
  }

  get endSample(): number {
    return this.#end;
  }

  /** Samples that still fit before something must be dropped. */
  get free(): number {
    return this.#buffer.length - (this.#end - this.#start);
  }

  append(pcm: Int16Array): void {
    if (pcm.length > this.free) {
      throw new RangeError(
        `Cannot append ${pcm.length} samples: ${this.free} of ${this.#buffer.length} are free`,
      );
    }
    this.#buffer.set(pcm, this.#end - this.#start);
    this.#end += pcm.length;
  }

  /** Forgets everything before `sample`. */
  dropBefore(sample: number): void {
    const start = Math.min(Math.max(sample, this.#start), this.#end);
    this.#buffer.copyWithin(0, start - this.#start, this.#end - this.#start);
    this.#start = start;
  }

  /** A view that the next `append` or `dropBefore` may overwrite. */
  view(startSample: number, endSample: number): Int16Array {
    if (startSample < this.#start || endSample > this.#end) {
      throw new RangeError(
        `Cannot read samples ${startSample} to ${endSample}: window holds ${this.#start} to ${this.#end}`,
      );
    }
    return this.#buffer.subarray(startSample - this.#start, endSample - this.#start);
  }
}
