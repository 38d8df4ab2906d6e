import { BLOCK_HEADER_BYTES_MAX, readBlockHeader } from './block-header.ts';
import type { ElementHeader } from './element-header.ts';
import { ElementId } from './element-id.ts';
import type { Verdict } from './element-sink.ts';
import type { Placement } from './open-masters.ts';
import { pendingElement, type PendingElement } from './pending-element.ts';
import { elementProblem, sizeLimitReason } from './problem-report.ts';
import type { Reading } from './reading.ts';
import { SyncSearch } from './sync-search.ts';

/** Awaits the content of one element: to take it whole, or to pass over it. */
export class PendingReader {
  readonly #reading: Reading;
  #pending: PendingElement | undefined;
  /** Inside the pending element, when its size is not believed. */
  #search: SyncSearch | undefined;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  get pending(): PendingElement | undefined {
    return this.#pending;
  }

  /** True while nothing but more bytes of the pending element can lead on. */
  get isWaiting(): boolean {
    const pending = this.#pending;
    if (pending === undefined || pending.isStreamed || this.#search !== undefined) return false;
    return this.#reading.queue.end < pending.endOffset && !this.#reading.sink.isHolding;
  }

  /** The header was read; its content comes next. */
  await(header: ElementHeader, offset: number, placement: Placement): void {
    const { masters, elementBytesMax, recovery, crc, queue } = this.#reading;
    const { isBounded } = masters;
    const pending = pendingElement(header, offset, placement, { isBounded, elementBytesMax });
    this.#reportLimits(pending, placement);
    if (pending.isTooLarge && !isBounded) {
      crc?.cancel();
      recovery.startSilently(offset + header.headerBytes, offset);
      return;
    }
    if (pending.isStreamed) this.#reading.keepFrom(offset);
    // From the byte after its first: a header that is noise may hide where the next element begins.
    this.#search = pending.isBelieved ? undefined : new SyncSearch(queue, offset + 1);
    this.#pending = pending;
  }

  /** False when that takes more bytes than were written. */
  read(pending: PendingElement): boolean {
    const { id, offset, contentBytes, endOffset } = pending;
    const { queue, sink, masters, crc } = this.#reading;
    const found = this.#search?.run(endOffset);
    if (found !== undefined) {
      this.#overtaken(pending, found);
      return true;
    }
    if (sink.isHolding && id === ElementId.SimpleBlock) this.#confirmBy(pending);
    if (pending.isStreamed) return this.#skip(pending);
    if (queue.end < endOffset) return false;
    this.#pending = undefined;
    let verdict: Verdict = pending.isDoubtful ? 'doubtful' : 'sound';
    if (pending.isReadWhole) {
      if (id === ElementId.EBML) masters.openDocument(offset);
      const content = queue.take(contentBytes);
      verdict = sink.element(id, content, offset, endOffset);
      crc?.verifyChildren(id, offset, content);
    }
    this.#reading.settle(pending, verdict);
    return true;
  }

  /** No byte will follow: true when an element that begins inside the pending one leads on. */
  isOvertakenAtEnd(): boolean {
    const pending = this.#pending;
    if (pending === undefined) return false;
    const { end, keptFrom } = this.#reading.queue;
    const found = new SyncSearch(this.#reading.queue, Math.max(pending.offset + 1, keptFrom)).run(end);
    if (found !== undefined) this.#overtaken(pending, found);
    return found !== undefined;
  }

  abandon(): void {
    this.#pending = undefined;
  }

  #reportLimits(pending: PendingElement, placement: Placement): void {
    const { sink, masters, elementBytesMax } = this.#reading;
    const elementBytes = pending.endOffset - pending.offset;
    if (placement === 'outside-cluster') {
      const reason = 'it stands outside a Cluster';
      sink.problem(elementProblem('matroska.damaged', pending, reason, elementBytes));
    }
    if (pending.isTooLarge) {
      const reason = sizeLimitReason(pending.contentBytes, elementBytesMax);
      const skippedBytes = masters.isBounded ? elementBytes : undefined;
      sink.problem(elementProblem('matroska.element-too-large', pending, reason, skippedBytes));
    }
  }

  /** A block that fits the one held, as far as its first bytes tell, proves that one right. */
  #confirmBy({ endOffset, contentBytes }: PendingElement): void {
    const { queue, sink } = this.#reading;
    const window = queue.window(endOffset - contentBytes, Math.min(contentBytes, BLOCK_HEADER_BYTES_MAX));
    const header = readBlockHeader(window.bytes, window.start, window.end);
    if (header !== undefined && sink.trail.follows(header)) sink.confirm();
  }

  /** Passes over content too large to be held, as it arrives. */
  #skip({ endOffset }: PendingElement): boolean {
    const { queue } = this.#reading;
    const reached = Math.min(queue.end, endOffset, this.#search?.examinedTo ?? Infinity);
    queue.moveTo(reached);
    this.#reading.keepFrom(reached);
    if (reached < endOffset) return false;
    this.#pending = undefined;
    return true;
  }

  #overtaken(pending: PendingElement, found: number): void {
    this.#pending = undefined;
    if (pending.isStreamed) this.#reading.overtakenAt(pending, found);
    else this.#reading.overtaken(pending);
  }
}
