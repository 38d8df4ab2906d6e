/** Audio pushed by one side, pulled by the other. Its owner bounds what it holds: one utterance and some silence. */
export class AudioFeed implements AsyncIterable<Int16Array> {
  readonly #pieces: Int16Array[] = [];
  #ended = false;
  #wake: PromiseWithResolvers<void> = Promise.withResolvers();

  push(pcm: Int16Array): void {
    if (this.#ended) return;
    this.#pieces.push(pcm);
    this.#wake.resolve();
  }

  /** What was pushed is still given out. */
  end(): void {
    this.#ended = true;
    this.#wake.resolve();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Int16Array, void> {
    for (;;) {
      const piece = this.#pieces.shift();
      if (piece !== undefined) {
        yield piece;
        continue;
      }
      if (this.#ended) return;
      this.#wake = Promise.withResolvers();
      await this.#wake.promise;
    }
  }
}
