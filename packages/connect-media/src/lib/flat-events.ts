/**
 * Hands out batches one item at a time. An async generator for every item would cost several turns of the microtask
 * queue each; an item that is there is given at once.
 */
export class FlatEvents<Item> implements AsyncGenerator<Item, void, undefined> {
  readonly #batches: AsyncGenerator<readonly Item[], void, undefined>;
  readonly #onHeld: (isHeld: boolean) => void;
  #batch: readonly Item[] = [];
  #index = 0;
  #asking: Promise<IteratorResult<Item, void>> | undefined;

  /** @param onHeld told when the consumer has everything there is, and when it asks for more. */
  constructor(
    batches: AsyncGenerator<readonly Item[], void, undefined>,
    onHeld: (isHeld: boolean) => void = () => undefined,
  ) {
    this.#batches = batches;
    this.#onHeld = onHeld;
  }

  next(): Promise<IteratorResult<Item, void>> {
    if (this.#asking !== undefined) return this.#askAfter(this.#asking);
    const item = this.#batch[this.#index];
    if (item !== undefined) {
      this.#index += 1;
      return Promise.resolve({ done: false, value: item });
    }
    return this.#ask();
  }

  async return(): Promise<IteratorResult<Item, void>> {
    this.#batch = [];
    await this.#batches.return();
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<IteratorResult<Item, void>> {
    this.#batch = [];
    await this.#batches.throw(error);
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  #ask(): Promise<IteratorResult<Item, void>> {
    const asking = this.#nextBatch().finally(() => {
      if (this.#asking === asking) this.#asking = undefined;
    });
    this.#asking = asking;
    return asking;
  }

  async #askAfter(asking: Promise<unknown>): Promise<IteratorResult<Item, void>> {
    await asking;
    return this.next();
  }

  async #nextBatch(): Promise<IteratorResult<Item, void>> {
    this.#onHeld(false);
    for (;;) {
      const { done, value } = await this.#batches.next();
      if (done === true) return { done: true, value: undefined };
      const [first] = value;
      if (first === undefined) continue;
      this.#batch = value;
      this.#index = 1;
      this.#onHeld(true);
      return { done: false, value: first };
    }
  }
}
