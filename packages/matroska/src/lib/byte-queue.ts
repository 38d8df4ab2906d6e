import { viewOf } from './byte-view.ts';

/** Chunks shorter than this are gathered, so that tiny writes cost no object each. */
const GATHER_BELOW_BYTES = 512;
const GATHER_BUFFER_BYTES = 8192;
/** What spans chunks is joined into buffers of this size, many to one: to allocate each apart takes longer than to copy it. */
const JOIN_BUFFER_BYTES = 32_768;
/** What is longer than this has a buffer of its own. */
const JOIN_BELOW_BYTES = 8192;

/** Up to this many bytes a loop is faster than a view and a copy. */
const LOOP_COPY_BYTES_MAX = 48;

/** Bytes `startOffset` to `endOffset` of the stream, at the front of `bytes`. */
interface Piece {
  readonly bytes: Uint8Array;
  readonly startOffset: number;
  endOffset: number;
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
  /** The last piece, when it is a buffer of ours with room behind what it holds. */
  #gathering: Piece | undefined;
  #joinBuffer = new Uint8Array();
  #joinedBytes = 0;
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
    const endOffset = this.#end + chunk.length;
    if (chunk.length < GATHER_BELOW_BYTES && this.#pieces.length > 0) {
      this.#gather(chunk, endOffset);
    } else if (chunk.length > 0) {
      // A plain view: a Buffer would give Buffers as payloads, and only for some chunk edges.
      const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      this.#pieces.push({ bytes, startOffset: this.#end, endOffset });
      this.#gathering = undefined;
    }
    this.#end = endOffset;
  }

  /** Up to `length` bytes at `offset`, fewer where the stream ends; the answer is reused by the next call. */
  window(offset: number, length: number): ByteWindow {
    const window = this.#window;
    const piece = this.#pieceAt(offset);
    if (piece !== undefined && offset + length <= piece.endOffset) {
      window.bytes = piece.bytes;
      window.start = offset - piece.startOffset;
      window.end = window.start + length;
      return window;
    }
    window.bytes = this.#scratch;
    window.start = 0;
    window.end = Math.max(0, Math.min(length, this.#end - offset));
    this.#copy(offset, this.#scratch, window.end);
    return window;
  }

  /** What one piece holds from `offset` on; the answer is reused by the next call. Empty where the stream ends. */
  run(offset: number): ByteWindow {
    const window = this.#window;
    const piece = this.#pieceAt(offset);
    window.bytes = piece?.bytes ?? this.#scratch;
    window.start = piece === undefined ? 0 : offset - piece.startOffset;
    window.end = piece === undefined ? 0 : piece.endOffset - piece.startOffset;
    return window;
  }

  /** The next `length` bytes, which must have been written: a view where one chunk holds them, else a copy. */
  take(length: number): Uint8Array {
    const offset = this.#position;
    this.#position += length;
    const piece = this.#pieceAt(offset);
    if (piece !== undefined && offset + length <= piece.endOffset) {
      const start = offset - piece.startOffset;
      return viewOf(piece.bytes, start, start + length);
    }
    const joined = this.#space(length);
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
    let passedCount = 0;
    while ((this.#pieces[passedCount]?.endOffset ?? Infinity) <= offset) passedCount += 1;
    if (passedCount === 0) return;
    this.#pieces.splice(0, passedCount);
    this.#near = Math.max(0, this.#near - passedCount);
    if (this.#pieces.length === 0) this.#gathering = undefined;
  }

  #space(length: number): Uint8Array {
    if (length >= JOIN_BELOW_BYTES) return new Uint8Array(length);
    if (this.#joinedBytes + length > this.#joinBuffer.length) {
      this.#joinBuffer = new Uint8Array(JOIN_BUFFER_BYTES);
      this.#joinedBytes = 0;
    }
    const space = new Uint8Array(this.#joinBuffer.buffer, this.#joinedBytes, length);
    this.#joinedBytes += length;
    return space;
  }

  #gather(chunk: Uint8Array, endOffset: number): void {
    const last = this.#gathering;
    if (last !== undefined && endOffset - last.startOffset <= GATHER_BUFFER_BYTES) {
      last.bytes.set(chunk, last.endOffset - last.startOffset);
      last.endOffset = endOffset;
      return;
    }
    this.#gathering = { bytes: new Uint8Array(GATHER_BUFFER_BYTES), startOffset: this.#end, endOffset };
    this.#gathering.bytes.set(chunk);
    this.#pieces.push(this.#gathering);
  }

  #pieceAt(offset: number): Piece | undefined {
    let index = Math.min(this.#near, this.#pieces.length - 1);
    let piece = this.#pieces[index];
    while (piece !== undefined && piece.startOffset > offset) piece = this.#pieces[--index];
    while (piece !== undefined && piece.endOffset <= offset) piece = this.#pieces[++index];
    if (piece !== undefined) this.#near = index;
    return piece;
  }

  #copy(offset: number, target: Uint8Array, length: number): void {
    let copied = 0;
    while (copied < length) {
      const piece = this.#pieceAt(offset + copied);
      if (piece === undefined) return;
      const start = offset + copied - piece.startOffset;
      const end = Math.min(start + length - copied, piece.endOffset - piece.startOffset);
      if (end - start > LOOP_COPY_BYTES_MAX) target.set(viewOf(piece.bytes, start, end), copied);
      else for (let i = start; i < end; i++) target[copied + i - start] = piece.bytes[i] ?? 0;
      copied += end - start;
    }
  }
}
