const FIRST_SAMPLES = 1 << 16;

/** PCM that grows at its end. */
export class AudioBuffer {
  #samples = new Int16Array(FIRST_SAMPLES);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** What is there, without a copy; stale after the next `append`. */
  view(): Int16Array {
    return this.#samples.subarray(0, this.#length);
  }

  append(pcm: Int16Array): void {
    const needed = this.#length + pcm.length;
    if (needed > this.#samples.length) {
      const larger = new Int16Array(Math.max(needed, this.#samples.length * 2));
      larger.set(this.view());
      this.#samples = larger;
    }
    this.#samples.set(pcm, this.#length);
    this.#length = needed;
  }
}
