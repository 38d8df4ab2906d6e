import { BLOCK_HEADER_BYTES_MAX, readBlockHeader } from './block-header.ts';
import { ByteQueue } from './byte-queue.ts';
import { CrcChecks } from './crc-checks.ts';
import { ELEMENT_HEADER_BYTES_MAX, readElementHeader, type ElementHeader } from './element-header.ts';
import { ElementId, elementName, isFiller, isProof } from './element-id.ts';
import { BELIEVED_BYTES_MAX, isEntered, refusal } from './element-size.ts';
import type { ElementSink, Verdict } from './element-sink.ts';
import { OpenMasters, type Placement } from './open-masters.ts';
import { isClaimInDoubt, pendingElement, type PendingElement } from './pending-element.ts';
import { elementProblem, truncation } from './problem-report.ts';
import { Recovery } from './recovery.ts';
import { SyncSearch } from './sync-search.ts';

export interface WalkerOptions {
  readonly elementBytesMax: number;
  readonly verifyCrc32: boolean;
}

/** Turns bytes into elements in their masters, whatever the chunks. */
export class ElementWalker {
  readonly #queue = new ByteQueue(ELEMENT_HEADER_BYTES_MAX);
  readonly #sink: ElementSink;
  readonly #elementBytesMax: number;
  readonly #masters: OpenMasters;
  readonly #recovery: Recovery;
  /** Absent unless CRC-32 is to be verified. */
  readonly #crc: CrcChecks | undefined;
  #pending: PendingElement | undefined;
  /** Inside the pending element, when its size is not believed. */
  #search: SyncSearch | undefined;

  constructor(sink: ElementSink, { elementBytesMax, verifyCrc32 }: WalkerOptions) {
    this.#sink = sink;
    this.#elementBytesMax = elementBytesMax;
    this.#masters = new OpenMasters(sink);
    this.#recovery = new Recovery(this.#queue, sink);
    this.#crc = verifyCrc32 ? new CrcChecks(this.#queue, sink) : undefined;
  }

  push(chunk: Uint8Array): void {
    this.#queue.push(chunk);
  }

  /** Bytes held to be read, or to be read again after damage. */
  get bufferedBytes(): number {
    return this.#queue.end - this.#queue.keptFrom;
  }

  /** Reads one element or header; false when that takes more bytes than were written. */
  step(): boolean {
    if (this.#recovery.isSearching) return this.#recovery.search(Infinity);
    if (this.#pending !== undefined) return this.#readPending(this.#pending);
    return this.#masters.closeEnded(this.#queue.position) || this.#enterNext();
  }

  /** To be called when `step` is false and no byte will follow; true when that gave more to step through. */
  end(): boolean {
    const { end } = this.#queue;
    if (this.#recovery.isSearching) {
      if (this.#recovery.search(end)) return true;
      this.#recovery.giveUp();
    } else if (this.#isOvertakenAtEnd()) {
      return true;
    } else {
      const problem = truncation(this.#pending, this.#queue.position, end, this.#masters);
      if (problem !== undefined) this.#sink.problem(problem);
    }
    this.#pending = undefined;
    this.#crc?.cancel();
    this.#queue.moveTo(end);
    this.#queue.keepFrom(end);
    this.#sink.confirm();
    this.#masters.closeAll();
    return false;
  }

  #enterNext(): boolean {
    const offset = this.#queue.position;
    const window = this.#queue.window(offset, ELEMENT_HEADER_BYTES_MAX);
    const header = readElementHeader(window.bytes, window.start, window.end);
    if (header === 'more') return false;
    if (header === 'invalid')
      this.#damaged(offset, 'Cannot read element: no element begins with these bytes');
    else this.#enter(header, offset);
    return true;
  }

  #enter(header: ElementHeader, offset: number): void {
    const { id, contentBytes, headerBytes } = header;
    const placement = this.#masters.place(id, offset, this.#recovery.resumedAt === offset);
    const reason = refusal(header, offset, placement, this.#masters, this.#sink.sizeBytesMax);
    if (reason !== undefined) {
      this.#damaged(offset, `Cannot read ${elementName(id)}: ${reason}`);
      return;
    }
    const isVouchedFor = !this.#sink.isHolding || this.#masters.isBounded;
    if (!isVouchedFor && isClaimInDoubt(header, this.#elementBytesMax)) {
      this.#damaged(offset, `Cannot read ${elementName(id)}: ${this.#tooLarge(header)}`);
      return;
    }
    this.#queue.moveTo(offset + headerBytes);
    if (isProof(id)) this.#sink.confirm();
    if (placement === 'foreign') this.#sink.meetForeign(id);
    if (!isFiller(id))
      this.#crc?.begin(id, offset, offset + headerBytes, offset + headerBytes + contentBytes);
    if (isEntered(id)) {
      this.#masters.open(id, offset + headerBytes + contentBytes);
      this.#keepFrom(offset);
    } else {
      this.#await(header, offset, placement);
    }
  }

  #await(header: ElementHeader, offset: number, placement: Placement): void {
    const { isBounded } = this.#masters;
    const limits = { isBounded, elementBytesMax: this.#elementBytesMax };
    const pending = pendingElement(header, offset, placement, limits);
    const elementBytes = pending.endOffset - offset;
    if (placement === 'outside-cluster') {
      const reason = 'it stands outside a Cluster';
      this.#sink.problem(elementProblem('matroska.damaged', pending, reason, elementBytes));
    }
    if (pending.isTooLarge) {
      const skippedBytes = isBounded ? elementBytes : undefined;
      this.#sink.problem(
        elementProblem('matroska.element-too-large', pending, this.#tooLarge(header), skippedBytes),
      );
    }
    if (pending.isTooLarge && !isBounded) {
      this.#crc?.cancel();
      this.#recovery.startSilently(offset + header.headerBytes, offset);
      return;
    }
    if (pending.isStreamed) this.#keepFrom(offset);
    // From the byte after its first: a header that is noise may hide where the next element begins.
    this.#search = pending.isBelieved ? undefined : new SyncSearch(this.#queue, offset + 1);
    this.#pending = pending;
  }

  #tooLarge({ contentBytes }: ElementHeader): string {
    return `element size ${contentBytes} bytes exceeds limit ${this.#elementBytesMax} bytes`;
  }

  #readPending(pending: PendingElement): boolean {
    const { id, offset, contentBytes, endOffset } = pending;
    const found = this.#search?.run(endOffset);
    if (found !== undefined) {
      this.#overtaken(pending, found);
      return true;
    }
    if (this.#sink.isHolding && id === ElementId.SimpleBlock) this.#confirmBy(pending);
    if (pending.isStreamed) return this.#skip(pending);
    if (this.#queue.end < endOffset) return false;
    this.#pending = undefined;
    let verdict: Verdict = pending.isDoubtful ? 'doubtful' : 'sound';
    if (pending.isReadWhole) {
      if (id === ElementId.EBML) this.#masters.openDocument(offset);
      const content = this.#queue.take(contentBytes);
      verdict = this.#sink.element(id, content, offset, endOffset);
      this.#crc?.verifyChildren(id, offset, content);
    }
    this.#queue.moveTo(endOffset);
    if (verdict === 'unconnected')
      this.#damaged(offset, `Cannot read ${elementName(id)}: it does not connect to the block before it`);
    else if (verdict === 'doubtful') this.#doubt(pending);
    else this.#keepFrom(contentBytes > BELIEVED_BYTES_MAX ? endOffset : offset);
    return true;
  }

  /** A block that fits the one held, as far as its first bytes tell, proves that one right. */
  #confirmBy({ endOffset, contentBytes }: PendingElement): void {
    const window = this.#queue.window(
      endOffset - contentBytes,
      Math.min(contentBytes, BLOCK_HEADER_BYTES_MAX),
    );
    const header = readBlockHeader(window.bytes, window.start, window.end);
    if (header !== undefined && this.#sink.trail.follows(header)) this.#sink.confirm();
  }

  /** Lets go of what was read, once it was counted for its CRC-32. */
  #keepFrom(offset: number): void {
    this.#crc?.readTo(this.#queue.position);
    this.#queue.keepFrom(offset);
  }

  /** Keeps the bytes to be read again. In a master that tells its end, noise cannot lead past it for long. */
  #doubt(pending: PendingElement): void {
    const { offset, endOffset } = pending;
    const isTooLong = endOffset - this.#queue.keptFrom > BELIEVED_BYTES_MAX;
    if (this.#masters.isBounded) {
      if (isTooLong) this.#keepFrom(endOffset);
      return;
    }
    const found = new SyncSearch(this.#queue, Math.max(offset + 1, this.#queue.keptFrom)).run(endOffset);
    if (found !== undefined) this.#overtaken(pending, found);
    else if (isTooLong)
      this.#damaged(endOffset, `Cannot read on: no sound element in ${BELIEVED_BYTES_MAX} bytes`);
  }

  /** Passes over content too large to be held, as it arrives. */
  #skip({ endOffset }: PendingElement): boolean {
    const reached = Math.min(this.#queue.end, endOffset, this.#search?.examinedTo ?? Infinity);
    this.#queue.moveTo(reached);
    this.#keepFrom(reached);
    if (reached < endOffset) return false;
    this.#pending = undefined;
    return true;
  }

  #damaged(offset: number, message: string): void {
    this.#crc?.cancel();
    this.#masters.forgetEnds();
    this.#recovery.start(offset, message);
  }

  /** Another document or Cluster begins inside the element: its declared size was damage. */
  #overtaken({ id, offset, isStreamed }: PendingElement, found: number): void {
    const message = `Cannot read ${elementName(id)}: another element begins inside it`;
    this.#pending = undefined;
    this.#crc?.cancel();
    this.#masters.forgetEnds();
    if (isStreamed) this.#recovery.startFrom(found, offset, message);
    else this.#recovery.start(offset, message);
  }

  #isOvertakenAtEnd(): boolean {
    const pending = this.#pending;
    if (pending === undefined) return false;
    const { end, keptFrom } = this.#queue;
    const found = new SyncSearch(this.#queue, Math.max(pending.offset + 1, keptFrom)).run(end);
    if (found !== undefined) this.#overtaken(pending, found);
    return found !== undefined;
  }
}
