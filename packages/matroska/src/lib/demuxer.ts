import { DocumentEvents } from './document-events.ts';
import { ElementWalker } from './element-walker.ts';
import { MatroskaError } from './matroska-error.ts';
import type { MatroskaEvent } from './matroska-event.ts';

const ELEMENT_BYTES_MAX_DEFAULT = 64 * 1024 * 1024;

/** How much is held, and how strictly what was read is judged. */
export interface DemuxerOptions {
  /**
   * Largest content of an element that is held in memory: a block, Tags, Tracks, Info. Default 64 MiB (67108864 bytes).
   * A larger one is reported as `matroska.element-too-large` before anything is allocated for it, and passed over.
   */
  readonly elementBytesMax?: number;
  /** Throw a `MatroskaError` with the problem's code instead of reporting a `problem` event. Default false. */
  readonly strict?: boolean;
  /**
   * Hold each block until what follows it proves where it ends. Default false: a block is given with its last byte.
   * Bytes missing from a block make it end within a later one. Only what follows shows that, so only a held block can still
   * be dropped for it. A block whose last byte is the last one written is given at once: nothing is behind it that could
   * prove anything, and live media ends its writes there. So with this option alone events may depend on where chunks end.
   */
  readonly confirmBlocks?: boolean;
  /**
   * Verify the CRC-32 of every master of known size that has one (RFC 8794, section 11.3.1). Default false.
   * A mismatch is reported as `matroska.crc-mismatch` where the master ends; its content has been given by then.
   */
  readonly verifyCrc32?: boolean;
}

/** For the many writes of a stream in tiny chunks that complete nothing: a generator that has ended stays so. */
const NOTHING = (function* (): Generator<MatroskaEvent, void, undefined> {})();

/**
 * Reads a stream of Matroska documents as its bytes arrive.
 * A chunk belongs to the demuxer once it is written: payloads are views of it, so it must not be overwritten.
 */
export class Demuxer {
  readonly #document: DocumentEvents;
  readonly #walker: ElementWalker;
  readonly #strict: boolean;
  #isFinished = false;

  /** Throws `matroska.invalid-option` for an `elementBytesMax` that is not a positive integer. */
  constructor(options: DemuxerOptions = {}) {
    const { elementBytesMax = ELEMENT_BYTES_MAX_DEFAULT, strict = false } = options;
    const { confirmBlocks = false, verifyCrc32 = false } = options;
    if (!Number.isSafeInteger(elementBytesMax) || elementBytesMax < 1) {
      const message = `Cannot create Demuxer: elementBytesMax ${elementBytesMax} is not a positive integer`;
      throw new MatroskaError('matroska.invalid-option', message);
    }
    this.#strict = strict;
    this.#document = new DocumentEvents({ elementBytesMax, confirmBlocks });
    this.#walker = new ElementWalker(this.#document, { elementBytesMax, verifyCrc32 });
  }

  /** Bytes held: at most `elementBytesMax`, 128 KiB to go back over after damage, and the chunk written last. */
  get bufferedBytes(): number {
    return this.#walker.bufferedBytes;
  }

  /**
   * Takes a chunk of any length and gives the events it completes. A block is given with the chunk that holds its last byte.
   * The chunk is taken even if the events are not asked for; they then come with the next call.
   * Throws `matroska.finished` after `finish()`.
   */
  write(chunk: Uint8Array): Generator<MatroskaEvent, void, undefined> {
    this.#refuseFinished('write');
    this.#walker.push(chunk);
    return this.#walker.isWaiting && !this.#document.hasEvents ? NOTHING : this.#drain(false);
  }

  /** Ends the stream: reports a truncated end as a problem and closes what is open. Throws `matroska.finished` the second time. */
  finish(): Generator<MatroskaEvent, void, undefined> {
    this.#refuseFinished('finish');
    this.#isFinished = true;
    return this.#drain(true);
  }

  /** Events are taken one by one: those left when a caller stops early come with the next call. */
  *#drain(isEnd: boolean): Generator<MatroskaEvent, void, undefined> {
    let isMore = true;
    while (isMore) {
      isMore = this.#walker.step() || (isEnd && this.#walker.end());
      if (!isMore) this.#walker.confirmAtEnd();
      for (let event = this.#document.take(); event !== undefined; event = this.#document.take()) {
        if (this.#strict && event.type === 'problem') throw new MatroskaError(event.code, event.message);
        yield event;
      }
    }
  }

  #refuseFinished(action: string): void {
    if (this.#isFinished) {
      throw new MatroskaError('matroska.finished', `Cannot ${action}: the stream was finished before`);
    }
  }
}
