/** Bounded hand-over between a producer and one consumer in the same process; awaiting `put` is backpressure. */
export class HandOver<T> {
  readonly #capacity: number;
  readonly #merge: (last: T, next: T) => readonly T[];
  readonly #items: T[] = [];
  #closed = false;
  #wakeConsumer: (() => void) | undefined;
  #wakeProducer: (() => void) | undefined;

  /**
   * @param capacity items that may wait; the next `put` waits until one is taken
   * @param merge what stands at the end of the queue when `next` comes after `last` that still waits: both in
   *   either order, or one of them alone
   */
  constructor(capacity: number, merge: (last: T, next: T) => readonly T[] = (last, next) => [last, next]) {
    this.#capacity = capacity;
    this.#merge = merge;
  }

  /** One producer at a time. Rejects with the signal's reason when it fires first. */
  async put(item: T, signal: AbortSignal): Promise<void> {
    while (this.#items.length >= this.#capacity) {
      signal.throwIfAborted();
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          signal.removeEventListener('abort', wake);
          resolve();
        };
        this.#wakeProducer = wake;
        signal.addEventListener('abort', wake, { once: true });
      });
    }
    signal.throwIfAborted();
    const last = this.#items.pop();
    this.#items.push(...(last === undefined ? [item] : this.#merge(last, item)));
    this.#wakeConsumer?.();
  }

  /** No more items will come; the consumer ends after the ones that wait. */
  close(): void {
    this.#closed = true;
    this.#wakeConsumer?.();
  }

  async *take(): AsyncGenerator<T, void, undefined> {
    for (;;) {
      const item = this.#items.shift();
      if (item !== undefined) {
        this.#wakeProducer?.();
        yield item;
      } else if (this.#closed) {
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wakeConsumer = resolve;
        });
      }
    }
  }
}
