import { speechError } from './speech-error.ts';

export interface DecodeQueueLimits {
  readonly inFlightMax: number;
  /** Decodes that may wait behind those in flight; one more fails with `speech.queue-full`. */
  readonly queuedMax: number;
}

interface Waiting {
  readonly start: () => void;
  readonly fail: (reason: unknown) => void;
}

/** First come, first served: a bounded number at work, a bounded number waiting. */
export class DecodeQueue {
  readonly #limits: DecodeQueueLimits;
  readonly #waiting = new Set<Waiting>();
  readonly #idle: (() => void)[] = [];
  #inFlight = 0;
  #closed = false;

  constructor(limits: DecodeQueueLimits) {
    this.#limits = limits;
  }

  get waitingCount(): number {
    return this.#waiting.size;
  }

  /** Runs `work` when its turn comes. `signal` only reaches work that still waits. */
  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.#turn(signal);
    try {
      return await work();
    } finally {
      this.#inFlight -= 1;
      this.#startNext();
    }
  }

  /** Refuses all that waits or comes later; resolves when nothing is in flight. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const each of this.#waiting) each.fail(closedError());
    this.#waiting.clear();
    if (this.#inFlight === 0) return;
    await new Promise<void>((resolve) => {
      this.#idle.push(resolve);
    });
  }

  async #turn(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.#closed) throw closedError();
    if (this.#inFlight < this.#limits.inFlightMax) {
      this.#inFlight += 1;
      return;
    }
    if (this.#waiting.size >= this.#limits.queuedMax) {
      throw speechError(
        'speech.queue-full',
        `Cannot queue decode: ${this.#waiting.size} wait already, limit ${this.#limits.queuedMax}`,
      );
    }
    await this.#wait(signal);
  }

  async #wait(signal: AbortSignal | undefined): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting: Waiting = { start: resolve, fail: reject };
    const giveUp = (): void => {
      if (this.#waiting.delete(waiting)) reject(signal?.reason);
    };
    this.#waiting.add(waiting);
    signal?.addEventListener('abort', giveUp, { once: true });
    try {
      await promise;
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  #startNext(): void {
    const [next] = this.#waiting;
    if (next !== undefined && this.#inFlight < this.#limits.inFlightMax) {
      this.#waiting.delete(next);
      this.#inFlight += 1;
      next.start();
    }
    if (this.#inFlight === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }
}

function closedError(): Error {
  return speechError('speech.closed', 'Cannot decode: the recogniser is closed');
}
