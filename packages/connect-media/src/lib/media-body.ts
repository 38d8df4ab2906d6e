import type { Readable } from 'node:stream';

export type BodyRead =
  | { readonly type: 'chunk'; readonly bytes: Uint8Array }
  /** Nothing came in the time given. */
  | { readonly type: 'quiet' }
  /** Ended in order, which says nothing about being whole. */
  | { readonly type: 'end' }
  /** The connection broke. */
  | { readonly type: 'cut' };

/** Reads a response by asking: nothing is taken from the socket before somebody wants it. */
export class MediaBody {
  readonly #stream: Readable;
  #hasEnded = false;
  #hasClosed = false;
  #wake: (() => void) | undefined;

  constructor(stream: Readable) {
    this.#stream = stream;
    const wake = (): void => this.#wake?.();
    stream.on('readable', wake);
    stream.once('end', () => {
      this.#hasEnded = true;
      wake();
    });
    // An error is a cut: `close` follows it. Unheard, it would end the process.
    stream.on('error', wake);
    stream.once('close', () => {
      this.#hasClosed = true;
      wake();
    });
  }

  /** One read at a time. */
  async next(waitMs: number): Promise<BodyRead> {
    const atOnce = this.#read();
    if (atOnce.type !== 'quiet') return atOnce;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, waitMs);
      this.#wake = (): void => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
    return this.#read();
  }

  /** Gives the socket back; an unfinished body would keep it for ever. */
  destroy(): void {
    this.#stream.destroy();
  }

  #read(): BodyRead {
    const chunk: unknown = this.#stream.read();
    if (chunk instanceof Uint8Array) return { type: 'chunk', bytes: chunk };
    if (this.#hasEnded) return { type: 'end' };
    if (this.#hasClosed || this.#stream.destroyed) return { type: 'cut' };
    return { type: 'quiet' };
  }
}
