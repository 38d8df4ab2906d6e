/** Chunks shorter than this are gathered, so that tiny writes cost no object each. */
const GATHER_BELOW_BYTES = 512;
const GATHER_BUFFER_BYTES = 8192;

interface Piece {
  bytes: Uint8Array;
  readonly startOffset: number;
}

/** Where to look: `bytes[start]` up to but not including `bytes[end]`. Reused by the next call. */
export interface ByteWindow {
  bytes: Uint8Array;
  start: number;
  end: number;
}

/**
 * Written chunks in order, addressed by their offset in the stream and never joined into one buffer.
 * Bytes from `keptFrom` on stay readable even after they are passed, so that a reader may go back.
 */
export class ByteQueue {
  #pieces: Piece[] = [];
  /** Index of the piece used last: look-ups are local. */
  #near = 0;
  #position = 0;
  #keptFrom = 0;
  #end = 0;
  #gathered: Uint8Array | undefined;
  readonly #scratch: Uint8Array;
  readonly #window: ByteWindow;

  /** `windowBytesMax` is the longest `window()` asked for. */
  constructor(windowBytesMax: number) {
    this.#scratch = new Uint8Array(windowBytesMax);
    this.#window = { bytes: this.#scratch, start: 0, end: 0 };
  }

  /** Offset of the next byte to read. */
  get position(): number {
    return this.#position;
  }

  get keptFrom(): number {
    return this.#keptFrom;
  }

  /** Offset behind the last byte written. */
  get end(): number {
    return this.#end;
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    // Plain views: a Buffer would give Buffers as payloads, and only for some chunk edges.
    const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (!this.#gather(bytes)) this.#pieces.push({ bytes, startOffset: this.#end });
    this.#end += bytes.length;
  }

  /** Up to `length` bytes at `offset`, fewer where the stream ends; the answer is reused by the next call. */
  window(offset: number, length: number): ByteWindow {
    const window = this.#window;
    const piece = this.#pieceAt(offset);
    const start = piece === undefined ? 0 : offset - piece.startOffset;
    if (piece !== undefined && start + length <= piece.bytes.length) {
      window.bytes = piece.bytes;
      window.start = start;
      window.end = start + length;
      return window;
    }
    window.bytes = this.#scratch;
    window.start = 0;
    window.end = Math.max(0, Math.min(length, this.#end - offset));
    this.#copy(offset, this.#scratch, window.end);
    return window;
  }

  /** The piece that holds `offset`, from there to its end; empty at the end of what was written. */
  run(offset: number): Uint8Array {
    const piece = this.#pieceAt(offset);
    return piece === undefined
      ? this.#scratch.subarray(0, 0)
      : piece.bytes.subarray(offset - piece.startOffset);
  }

  /** The next `length` bytes, which must have been written: a view where one chunk holds them, else a copy. */
  take(length: number): Uint8Array {
    const offset = this.#position;
    this.#position += length;
    const piece = this.#pieceAt(offset);
    const start = piece === undefined ? 0 : offset - piece.startOffset;
    if (piece !== undefined && start + length <= piece.bytes.length) {
      return piece.bytes.subarray(start, start + length);
    }
    const joined = new Uint8Array(length);
    this.#copy(offset, joined, length);
    return joined;
  }

  /** Moves to any offset between `keptFrom` and `end`. */
  moveTo(offset: number): void {
    this.#position = offset;
  }

  /** Lets go of everything before `offset`. */
  keepFrom(offset: number): void {
    this.#keptFrom = offset;
    let passed = 0;
    for (const piece of this.#pieces) {
      if (piece.startOffset + piece.bytes.length > offset) break;
      passed += 1;
    }
    if (passed === 0) return;
    this.#pieces.splice(0, passed);
    this.#near = Math.max(0, this.#near - passed);
    if (this.#pieces.length === 0) this.#gathered = undefined;
  }

  #gather(bytes: Uint8Array): boolean {
    const last = this.#pieces.at(-1);
    if (bytes.length >= GATHER_BELOW_BYTES || last === undefined) {
      this.#gathered = undefined;
      return false;
    }
    const used = last.bytes.length;
    if (this.#gathered !== undefined && used + bytes.length <= GATHER_BUFFER_BYTES) {
      this.#gathered.set(bytes, used);
      last.bytes = this.#gathered.subarray(0, used + bytes.length);
      return true;
    }
    this.#gathered = new Uint8Array(GATHER_BUFFER_BYTES);
    this.#gathered.set(bytes);
    this.#pieces.push({ bytes: this.#gathered.subarray(0, bytes.length), startOffset: this.#end });
    return true;
  }

  #pieceAt(offset: number): Piece | undefined {
    let index = Math.min(this.#near, this.#pieces.length - 1);
    let piece = this.#pieces[index];
    while (piece !== undefined && piece.startOffset > offset) piece = this.#pieces[--index];
    while (piece !== undefined && piece.startOffset + piece.bytes.length <= offset)
      piece = this.#pieces[++index];
    if (piece !== undefined) this.#near = index;
    return piece;
  }

  #copy(offset: number, target: Uint8Array, length: number): void {
    let copied = 0;
    while (copied < length) {
      const piece = this.#pieceAt(offset + copied);
      if (piece === undefined) return;
      const start = offset + copied - piece.startOffset;
      const part = piece.bytes.subarray(start, start + length - copied);
      target.set(part, copied);
      copied += part.length;
    }
  }
}
