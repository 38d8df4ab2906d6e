import { createHash } from 'node:crypto';
import { AppError, PCM_BYTES_PER_SAMPLE } from '@earshot/domain';

/** 512 samples of 16 bits: 64 ms at 8 kHz, the block of Amazon Connect. */
export const BLOCK_BYTES = 1024;

/** 16-bit little-endian mono PCM at 8 kHz, whole or as it comes. */
export type PcmSource = AsyncIterable<Uint8Array> | Uint8Array;

/** Takes PCM off a source in pieces of any size, and keeps count and hash of what was taken. */
export class PcmReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #hash = createHash('sha256');
  #rest: Uint8Array = new Uint8Array(0);
  takenBytes = 0;

  constructor(source: PcmSource) {
    this.#chunks = (source instanceof Uint8Array ? whole(source) : source)[Symbol.asyncIterator]();
  }

  /** That many bytes, fewer at the end, `undefined` behind it. Throws `producer.odd-pcm` for half a sample at the end. */
  async take(bytes: number): Promise<Uint8Array | undefined> {
    while (this.#rest.length < bytes) {
      const { value, done } = await this.#chunks.next();
      if (done === true) break;
      this.#rest = this.#rest.length === 0 ? value : Buffer.concat([this.#rest, value]);
    }
    if (this.#rest.length < bytes) this.#refuseHalfSample();
    if (this.#rest.length === 0) return undefined;
    const taken = this.#rest.subarray(0, bytes);
    this.#rest = this.#rest.subarray(taken.length);
    this.#hash.update(taken);
    this.takenBytes += taken.length;
    return taken;
  }

  /** SHA-256 of what was taken, in hexadecimal. */
  sha256(): string {
    return this.#hash.copy().digest('hex');
  }

  /** Ends the source of a call that was hung up. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  #refuseHalfSample(): void {
    if ((this.takenBytes + this.#rest.length) % PCM_BYTES_PER_SAMPLE === 0) return;
    const message = `Cannot play PCM: its last ${this.#rest.length} bytes are not a whole number of 16-bit samples`;
    throw new AppError('producer.odd-pcm', message, { retryable: false });
  }
}

async function* whole(pcm: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield pcm;
}
