import { ByteQueue } from './byte-queue.ts';
import { ELEMENT_HEADER_BYTES_MAX, readElementHeader, type ElementHeader } from './element-header.ts';
import { elementDepth, ElementId, elementName, isGlobalElement, isReadWhole } from './element-id.ts';
import type { ProblemEvent } from './matroska-event.ts';
import { cutShort, OpenMasters, type MasterSink } from './open-masters.ts';
import { EBML_HEADER_BYTES_MAX, SyncSearch } from './sync-search.ts';

/**
 * Up to this size an element in a master of unknown size is believed and, if what follows proves it wrong, read again.
 * A larger one is searched for the start of another document or Cluster while it arrives.
 */
const BELIEVED_BYTES_MAX = 65_536;

/** `doubtful`: it may be noise that looks like an element, so the bytes are kept to be read again. */
export type Verdict = 'sound' | 'doubtful';

export interface ElementSink extends MasterSink {
  /** An element read whole. `offset` is where it begins, `endOffset` where it ends. */
  element(id: number, content: Uint8Array, offset: number, endOffset: number): Verdict;
  problem(problem: Omit<ProblemEvent, 'type'>): void;
}

interface PendingElement {
  readonly id: number;
  readonly offset: number;
  readonly endOffset: number;
  readonly contentBytes: number;
  readonly isReadWhole: boolean;
  readonly search: SyncSearch | undefined;
}

interface Damage {
  readonly offset: number;
  readonly message: string;
  readonly search: SyncSearch;
  readonly isReported: boolean;
}

/** Turns bytes into elements in their masters, whatever the chunks, and finds the way back after damage. */
export class ElementWalker {
  readonly #queue = new ByteQueue(ELEMENT_HEADER_BYTES_MAX);
  readonly #sink: ElementSink;
  readonly #elementBytesMax: number;
  readonly #open: OpenMasters;
  #pending: PendingElement | undefined;
  #damage: Damage | undefined;
  #resumedAt = -1;
  #rewoundBytes = 0;

  constructor(sink: ElementSink, elementBytesMax: number) {
    this.#sink = sink;
    this.#elementBytesMax = elementBytesMax;
    this.#open = new OpenMasters(sink);
  }

  push(chunk: Uint8Array): void {
    this.#queue.push(chunk);
  }

  /** Reads one element or header; false when that takes more bytes than were written. */
  step(): boolean {
    if (this.#damage !== undefined) return this.#resume(this.#damage, Infinity);
    if (this.#pending !== undefined) return this.#readPending(this.#pending);
    return this.#open.closeEnded(this.#queue.position) || this.#enterNext();
  }

  /** To be called when `step` is false and no byte will follow; true when that made more to step through. */
  end(): boolean {
    const { position, end } = this.#queue;
    if (this.#damage !== undefined) {
      if (this.#resume(this.#damage, end)) return true;
      this.#report(this.#damage, end);
      this.#damage = undefined;
    } else if (this.#pending !== undefined) {
      const pending = this.#pending;
      const search = new SyncSearch(this.#queue, Math.max(pending.offset + 1, this.#queue.keptFrom));
      const found = search.run(end);
      if (found !== undefined) {
        this.#overtaken(pending, found);
        return true;
      }
      const missing = `stream ends ${pending.endOffset - end} bytes before its end`;
      this.#truncated(pending.offset, `Cannot read ${elementName(pending.id)}: ${missing}`);
    } else if (position < end) {
      this.#truncated(position, 'Cannot read element: stream ends inside its header');
    } else {
      const innermost = this.#open.innermost;
      if (innermost !== undefined && innermost.endOffset !== Infinity) {
        this.#truncated(position, cutShort(innermost, position, 'stream ends'));
      }
    }
    this.#pending = undefined;
    this.#queue.moveTo(end);
    this.#queue.keepFrom(end);
    while (this.#open.depth > 0) this.#open.closeInnermost();
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
    const name = elementName(header.id);
    const isPlaced = this.#place(header.id, offset);
    if (isPlaced === 'misplaced') {
      this.#damaged(offset, `Cannot read ${name}: it stands outside a document`);
      return;
    }
    const contentOffset = offset + header.headerBytes;
    const endOffset = contentOffset + header.contentBytes;
    const isMaster = header.id === ElementId.Segment || header.id === ElementId.Cluster;
    const parentEnd = this.#open.endOffset;
    if (endOffset > parentEnd && !(isMaster && endOffset === Infinity)) {
      this.#damaged(offset, `Cannot read ${name}: it ends ${endOffset - parentEnd} bytes after its parent`);
    } else if (isMaster) {
      this.#open.open(header.id, endOffset);
      this.#queue.keepFrom(offset);
      this.#queue.moveTo(contentOffset);
    } else if (endOffset === Infinity) {
      this.#damaged(offset, `Cannot read ${name}: only Segment and Cluster may be of unknown size`);
    } else if (isPlaced === 'foreign' && header.contentBytes > BELIEVED_BYTES_MAX && parentEnd === Infinity) {
      this.#damaged(offset, `Cannot read ${name}: unknown, and too large to be believed`);
    } else if (header.id === ElementId.EBML && header.contentBytes > EBML_HEADER_BYTES_MAX) {
      const limit = `exceeds limit ${EBML_HEADER_BYTES_MAX} bytes`;
      this.#damaged(offset, `Cannot read EBML header: element size ${header.contentBytes} bytes ${limit}`);
    } else {
      this.#await(header, offset, contentOffset, isPlaced === 'known' && isReadWhole(header.id));
    }
  }

  /** Closes what cannot hold the element (RFC 9559, section 4.5; RFC 8794, section 6.2). */
  #place(id: number, offset: number): 'known' | 'foreign' | 'misplaced' {
    const depth = elementDepth(id);
    if (depth === undefined || (depth === 3 && this.#open.depth < 3)) {
      if (this.#open.depth === 0 && !isGlobalElement(id)) return 'misplaced';
      return isGlobalElement(id) ? 'known' : 'foreign';
    }
    const isNewDocument = depth < 2 && !(depth === 1 && this.#open.awaitsSegment);
    const isOrphan = depth === 0 ? false : isNewDocument || (depth === 2 && this.#open.depth < 2);
    if (isOrphan && this.#resumedAt !== offset) return 'misplaced';
    this.#closeTo(isNewDocument || isOrphan ? 0 : depth, offset, id);
    if (isOrphan) this.#open.openDocument(offset);
    if (isOrphan && depth === 2) this.#open.open(ElementId.Segment, Infinity);
    return 'known';
  }

  #closeTo(depth: number, offset: number, nextId: number): void {
    while (this.#open.depth > depth) {
      const { innermost } = this.#open;
      if (innermost !== undefined && innermost.endOffset !== Infinity) {
        const message = cutShort(innermost, offset, `${elementName(nextId)} begins`);
        this.#sink.problem({ code: 'matroska.damaged', offset, message, skippedBytes: 0 });
        this.#open.forgetEnds();
      }
      this.#open.closeInnermost();
    }
  }

  #await(header: ElementHeader, offset: number, contentOffset: number, readWhole: boolean): void {
    const { id, contentBytes } = header;
    const isBounded = this.#open.endOffset !== Infinity;
    const endOffset = contentOffset + contentBytes;
    const isTooLarge = readWhole && contentBytes > this.#elementBytesMax;
    this.#queue.moveTo(contentOffset);
    if (isTooLarge) {
      const limit = `element size ${contentBytes} bytes exceeds limit ${this.#elementBytesMax} bytes`;
      const message = `Cannot read ${elementName(id)}: ${limit}`;
      const skipped = isBounded ? { skippedBytes: endOffset - offset } : {};
      this.#sink.problem({ code: 'matroska.element-too-large', offset, message, ...skipped });
      if (!isBounded) {
        const search = new SyncSearch(this.#queue, contentOffset);
        this.#open.forgetEnds();
        this.#damage = { offset, message, search, isReported: true };
        return;
      }
    }
    const isBelieved = isBounded || contentBytes <= BELIEVED_BYTES_MAX;
    const search = isBelieved ? undefined : new SyncSearch(this.#queue, contentOffset);
    this.#pending = { id, offset, endOffset, contentBytes, isReadWhole: readWhole && !isTooLarge, search };
  }

  #readPending(pending: PendingElement): boolean {
    const { id, offset, endOffset, search } = pending;
    const found = search?.run(endOffset);
    if (found !== undefined) {
      this.#overtaken(pending, found);
      return true;
    }
    if (!pending.isReadWhole && pending.contentBytes > BELIEVED_BYTES_MAX) return this.#skipPending(pending);
    if (this.#queue.end < endOffset) return false;
    this.#pending = undefined;
    let verdict: Verdict = elementDepth(id) === undefined ? 'doubtful' : 'sound';
    if (pending.isReadWhole) {
      const content = this.#queue.take(pending.contentBytes);
      if (id === ElementId.EBML) this.#open.openDocument(offset);
      verdict = this.#sink.element(id, content, offset, endOffset);
    }
    this.#queue.moveTo(endOffset);
    if (endOffset - this.#queue.keptFrom > BELIEVED_BYTES_MAX) this.#queue.keepFrom(endOffset);
    if (verdict === 'sound') this.#queue.keepFrom(Math.max(offset, this.#queue.keptFrom));
    return true;
  }

  #skipPending({ endOffset, search }: PendingElement): boolean {
    const reached = Math.min(this.#queue.end, endOffset, search?.examinedTo ?? Infinity);
    this.#queue.moveTo(reached);
    this.#queue.keepFrom(reached);
    if (reached < endOffset) return false;
    this.#pending = undefined;
    return true;
  }

  /** Another document or Cluster begins inside the element: its declared size was damage. */
  #overtaken(pending: PendingElement, found: number): void {
    this.#pending = undefined;
    const message = `Cannot read ${elementName(pending.id)}: another element begins inside it`;
    this.#open.forgetEnds();
    this.#damage = {
      offset: pending.offset,
      message,
      search: new SyncSearch(this.#queue, found),
      isReported: false,
    };
  }

  #damaged(offset: number, message: string): void {
    const { keptFrom } = this.#queue;
    let from = keptFrom < offset ? keptFrom + 1 : offset;
    // Going back is paid for by bytes read, so that no input makes the work grow faster than its length.
    if (this.#rewoundBytes + (offset - from) > offset) from = offset;
    from = Math.max(from, this.#resumedAt + 1);
    this.#rewoundBytes += offset - from;
    this.#open.forgetEnds();
    this.#damage = { offset, message, search: new SyncSearch(this.#queue, from), isReported: false };
  }

  #resume(damage: Damage, limit: number): boolean {
    const found = damage.search.run(limit);
    const reached = found ?? damage.search.examinedTo;
    this.#queue.moveTo(reached);
    this.#queue.keepFrom(reached);
    if (found === undefined) return false;
    this.#report(damage, found);
    this.#damage = undefined;
    this.#resumedAt = found;
    return true;
  }

  #report({ offset, message, isReported }: Damage, resumedAt: number): void {
    if (isReported) return;
    this.#sink.problem({
      code: 'matroska.damaged',
      offset,
      message,
      skippedBytes: Math.max(0, resumedAt - offset),
    });
  }

  #truncated(offset: number, message: string): void {
    this.#sink.problem({
      code: 'matroska.truncated',
      offset,
      message,
      skippedBytes: this.#queue.end - offset,
    });
  }
}
