import type { Readable } from 'node:stream';

export type BodyRead =
  | { readonly type: 'chunk'; readonly bytes: Uint8Array }
  /** Nothing came for a while. */
  | { readonly type: 'quiet' }
  /** Ended in order, which says nothing about being whole. */
  | { readonly type: 'end' }
  /** The connection broke. */
  | { readonly type: 'cut' };

const QUIET = { type: 'quiet' } as const;

/** Reads a response by asking: nothing is taken from the socket before somebody wants it. */
export class MediaBody {
  readonly #stream: Readable;
  /** One for the whole body: a timer for every chunk would cost more than the chunk. */
  readonly #timer: NodeJS.Timeout;
  #hasEnded = false;
  #hasClosed = false;
  #isWaitingLong = false;
  #isQuiet = false;
  #wake: (() => void) | undefined;

  /** @param quietMs a read without a byte gives `quiet` after this long, up to twice as long the first time. */
  constructor(stream: Readable, quietMs: number) {
    this.#stream = stream;
    this.#timer = setInterval(() => {
      this.#isQuiet = this.#isWaitingLong;
      if (this.#isQuiet) this.#wake?.();
      this.#isWaitingLong = this.#wake !== undefined;
    }, quietMs);
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
      clearInterval(this.#timer);
      wake();
    });
  }

  /** One read at a time. */
  async next(): Promise<BodyRead> {
    const atOnce = this.#read();
    if (atOnce.type !== 'quiet') return atOnce;
    this.#isWaitingLong = false;
    this.#isQuiet = false;
    for (;;) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
      const read = this.#read();
      if (read.type !== 'quiet' || this.#isQuiet) return read;
    }
  }

  /** Gives the socket back; an unfinished body would keep it for ever. */
  destroy(): void {
    clearInterval(this.#timer);
    this.#stream.destroy();
  }

  #read(): BodyRead {
    const chunk: unknown = this.#stream.read();
    if (chunk instanceof Uint8Array) return { type: 'chunk', bytes: chunk };
    if (this.#hasEnded) return { type: 'end' };
    if (this.#hasClosed || this.#stream.destroyed) return { type: 'cut' };
    return QUIET;
  }
}
