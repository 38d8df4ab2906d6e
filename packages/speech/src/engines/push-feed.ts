/** Pushed by one side, pulled by the other, once. Its owner bounds what it holds. */
export class PushFeed<T> implements AsyncIterable<T> {
  readonly #items: T[] = [];
  #end: { readonly error?: Error } | undefined;
  #wake: PromiseWithResolvers<void> = Promise.withResolvers();

  /** Nothing after the end. */
  push(item: T): void {
    if (this.#end !== undefined) return;
    this.#items.push(item);
    this.#wake.resolve();
  }

  /** What was pushed is still given out, then `error` is thrown if there is one. */
  end(error?: Error): void {
    this.#end ??= error === undefined ? {} : { error };
    this.#wake.resolve();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    for (;;) {
      const [item] = this.#items.splice(0, 1);
      if (item !== undefined) {
        yield item;
      } else if (this.#end === undefined) {
        this.#wake = Promise.withResolvers();
        await this.#wake.promise;
      } else if (this.#end.error === undefined) {
        return;
      } else {
        throw this.#end.error;
      }
    }
  }
}
