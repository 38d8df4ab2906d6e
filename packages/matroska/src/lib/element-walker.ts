import { ByteQueue } from './byte-queue.ts';
import { ELEMENT_HEADER_BYTES_MAX, readElementHeader, type ElementHeader } from './element-header.ts';
import { ElementId, elementName, isFiller, isReadWhole } from './element-id.ts';
import { BELIEVED_BYTES_MAX, isEntered, refusal } from './element-size.ts';
import type { ElementSink, PendingElement, Verdict } from './element-sink.ts';
import { OpenMasters, type Placement } from './open-masters.ts';
import { elementProblem, truncation } from './problem-report.ts';
import { Recovery } from './recovery.ts';
import { SyncSearch } from './sync-search.ts';

/** Turns bytes into elements in their masters, whatever the chunks. */
export class ElementWalker {
  readonly #queue = new ByteQueue(ELEMENT_HEADER_BYTES_MAX);
  readonly #sink: ElementSink;
  readonly #elementBytesMax: number;
  readonly #masters: OpenMasters;
  readonly #recovery: Recovery;
  #pending: PendingElement | undefined;

  constructor(sink: ElementSink, elementBytesMax: number) {
    this.#sink = sink;
    this.#elementBytesMax = elementBytesMax;
    this.#masters = new OpenMasters(sink);
    this.#recovery = new Recovery(this.#queue, sink);
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
    this.#queue.moveTo(end);
    this.#queue.keepFrom(end);
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
    const reason = refusal(header, offset, placement, this.#masters);
    if (reason !== undefined) {
      this.#damaged(offset, `Cannot read ${elementName(id)}: ${reason}`);
      return;
    }
    this.#queue.moveTo(offset + headerBytes);
    if (isEntered(id)) {
      this.#masters.open(id, offset + headerBytes + contentBytes);
      this.#queue.keepFrom(offset);
    } else {
      this.#await(header, offset, placement);
    }
  }

  #await({ id, contentBytes, headerBytes }: ElementHeader, offset: number, placement: Placement): void {
    const { isBounded } = this.#masters;
    const endOffset = offset + headerBytes + contentBytes;
    const isDoubtful = placement !== 'known' || isFiller(id);
    const isTooLarge = !isDoubtful && isReadWhole(id) && contentBytes > this.#elementBytesMax;
    const element = { id, offset };
    if (placement === 'outside-cluster') {
      const skippedBytes = headerBytes + contentBytes;
      this.#sink.problem(
        elementProblem('matroska.damaged', element, 'it stands outside a Cluster', skippedBytes),
      );
    }
    if (isTooLarge) {
      const reason = `element size ${contentBytes} bytes exceeds limit ${this.#elementBytesMax} bytes`;
      const skippedBytes = isBounded ? headerBytes + contentBytes : undefined;
      this.#sink.problem(elementProblem('matroska.element-too-large', element, reason, skippedBytes));
    }
    if (isTooLarge && !isBounded) {
      this.#recovery.startSilently(offset + headerBytes, offset);
      return;
    }
    const isBelieved = isBounded || (contentBytes <= BELIEVED_BYTES_MAX && !isDoubtful);
    const isTakenWhole = isReadWhole(id) && !isDoubtful && !isTooLarge;
    const isStreamed = !isTakenWhole && contentBytes > BELIEVED_BYTES_MAX;
    if (isStreamed) this.#queue.keepFrom(offset);
    // From the byte after its first: a header that is noise may hide where the next element begins.
    const search = isBelieved ? undefined : new SyncSearch(this.#queue, offset + 1);
    this.#pending = {
      id,
      offset,
      contentBytes,
      endOffset,
      isReadWhole: isTakenWhole,
      isStreamed,
      isDoubtful,
      search,
    };
  }

  #readPending(pending: PendingElement): boolean {
    const { id, offset, contentBytes, endOffset, search } = pending;
    const found = search?.run(endOffset);
    if (found !== undefined) {
      this.#overtaken(pending, found);
      return true;
    }
    if (pending.isStreamed) return this.#skip(pending);
    if (this.#queue.end < endOffset) return false;
    this.#pending = undefined;
    let verdict: Verdict = pending.isDoubtful ? 'doubtful' : 'sound';
    if (pending.isReadWhole) {
      if (id === ElementId.EBML) this.#masters.openDocument(offset);
      verdict = this.#sink.element(id, this.#queue.take(contentBytes), offset, endOffset);
    }
    this.#queue.moveTo(endOffset);
    if (verdict === 'doubtful') this.#doubt(pending);
    else this.#queue.keepFrom(contentBytes > BELIEVED_BYTES_MAX ? endOffset : offset);
    return true;
  }

  /** Keeps the bytes to be read again. In a master that tells its end, noise cannot lead past it for long. */
  #doubt(pending: PendingElement): void {
    const { offset, endOffset } = pending;
    const isTooLong = endOffset - this.#queue.keptFrom > BELIEVED_BYTES_MAX;
    if (this.#masters.isBounded) {
      if (isTooLong) this.#queue.keepFrom(endOffset);
      return;
    }
    const found = new SyncSearch(this.#queue, Math.max(offset + 1, this.#queue.keptFrom)).run(endOffset);
    if (found !== undefined) this.#overtaken(pending, found);
    else if (isTooLong)
      this.#damaged(endOffset, `Cannot read on: no sound element in ${BELIEVED_BYTES_MAX} bytes`);
  }

  /** Passes over content too large to be held, as it arrives. */
  #skip({ endOffset, search }: PendingElement): boolean {
    const reached = Math.min(this.#queue.end, endOffset, search?.examinedTo ?? Infinity);
    this.#queue.moveTo(reached);
    this.#queue.keepFrom(reached);
    if (reached < endOffset) return false;
    this.#pending = undefined;
    return true;
  }

  #damaged(offset: number, message: string): void {
    this.#masters.forgetEnds();
    this.#recovery.start(offset, message);
  }

  /** Another document or Cluster begins inside the element: its declared size was damage. */
  #overtaken({ id, offset, isStreamed }: PendingElement, found: number): void {
    const message = `Cannot read ${elementName(id)}: another element begins inside it`;
    this.#pending = undefined;
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
