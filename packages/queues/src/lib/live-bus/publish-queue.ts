import type { LiveMessage } from './live-link.ts';

/** Sent in one go. */
const BATCH_MAX = 64;

export interface PublishQueueOptions {
  readonly send: (messages: readonly LiveMessage[]) => Promise<void>;
  readonly waitingMax: number;
  /** @param count messages that nobody will hear */
  readonly onDrop: (count: number) => void;
  readonly onError: (error: unknown) => void;
}

/** A bounded number of messages that wait to be sent, in order; what cannot be sent is dropped, not tried again. */
export class PublishQueue {
  readonly #options: PublishQueueOptions;
  readonly #waiting: LiveMessage[] = [];
  #sending: Promise<void> | undefined;

  constructor(options: PublishQueueOptions) {
    this.#options = options;
  }

  add(message: LiveMessage): void {
    if (this.#waiting.length >= this.#options.waitingMax) {
      this.#options.onDrop(1);
      return;
    }
    this.#waiting.push(message);
    this.#sending ??= this.#sendAll();
  }

  /** Resolves when nothing waits; never rejects. */
  async drained(): Promise<void> {
    await this.#sending;
  }

  async #sendAll(): Promise<void> {
    const { send, onDrop, onError } = this.#options;
    // What is published in the same turn goes out together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH_MAX);
      try {
        await send(batch);
      } catch (error) {
        onDrop(batch.length);
        onError(error);
      }
    }
    this.#sending = undefined;
  }
}
