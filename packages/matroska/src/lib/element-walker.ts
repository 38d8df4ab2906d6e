import { ELEMENT_HEADER_BYTES_MAX, readElementHeader, type ElementHeader } from './element-header.ts';
import { elementName, isFiller, isProof } from './element-id.ts';
import type { ElementSink } from './element-sink.ts';
import { isEntered, refusal } from './element-size.ts';
import { isClaimInDoubt } from './pending-element.ts';
import { PendingReader } from './pending-reader.ts';
import { sizeLimitReason, truncation } from './problem-report.ts';
import { Reading, type ReadingOptions } from './reading.ts';
import { endsInTags } from './swallowed-tags.ts';
import { readWholeBlock } from './whole-block.ts';

/** Turns bytes into elements in their masters, whatever the chunks. */
export class ElementWalker {
  readonly #reading: Reading;
  readonly #pending: PendingReader;

  constructor(sink: ElementSink, options: ReadingOptions) {
    this.#reading = new Reading(sink, options);
    this.#pending = new PendingReader(this.#reading);
  }

  push(chunk: Uint8Array): void {
    this.#reading.queue.push(chunk);
  }

  /** To be called when `step` is false: nothing that could prove a held block is at hand if it ends here. */
  confirmAtEnd(): void {
    const { end } = this.#reading.queue;
    if (!this.#isHeldInDoubt(end)) this.#reading.sink.confirmAtEnd(end);
  }

  /** Bytes held to be read, or to be read again after damage. */
  get bufferedBytes(): number {
    const { end, keptFrom } = this.#reading.queue;
    return end - keptFrom;
  }

  /** True when `step` would certainly be false. */
  get isWaiting(): boolean {
    return this.#pending.isWaiting && !this.#reading.recovery.isSearching;
  }

  /** Reads one element or header; false when that takes more bytes than were written. */
  step(): boolean {
    const { recovery, masters, queue } = this.#reading;
    if (recovery.isSearching) return recovery.search(Infinity);
    const { pending } = this.#pending;
    if (pending !== undefined) return this.#pending.read(pending);
    return masters.closeEnded(queue.position) || readWholeBlock(this.#reading) || this.#enterNext();
  }

  /** To be called when `step` is false and no byte will follow; true when that gave more to step through. */
  end(): boolean {
    const { queue, recovery, sink, masters, crc } = this.#reading;
    const { end } = queue;
    if (recovery.isSearching) {
      if (recovery.search(end)) return true;
      recovery.giveUp();
    } else if (this.#pending.isOvertakenAtEnd()) {
      return true;
    } else {
      const problem = truncation(this.#pending.pending, queue.position, end, masters);
      if (problem !== undefined) sink.problem(problem);
    }
    this.#pending.abandon();
    crc?.cancel();
    queue.moveTo(end);
    queue.keepFrom(end);
    sink.confirm();
    masters.closeAll();
    return false;
  }

  #enterNext(): boolean {
    const { queue } = this.#reading;
    const offset = queue.position;
    const window = queue.window(offset, ELEMENT_HEADER_BYTES_MAX);
    const header = readElementHeader(window.bytes, window.start, window.end);
    if (header === 'more') return false;
    if (header === 'invalid')
      this.#reading.damaged(offset, 'Cannot read element: no element begins with these bytes');
    else this.#enter(header, offset);
    return true;
  }

  #enter(header: ElementHeader, offset: number): void {
    const { id, contentBytes, headerBytes } = header;
    const { masters, recovery, sink, queue, crc } = this.#reading;
    if (isProof(id) && this.#isHeldInDoubt(offset)) {
      this.#reading.damaged(offset, 'Cannot read SimpleBlock: Tags stand in it');
      return;
    }
    const placement = masters.place(id, offset, recovery.resumedAt === offset);
    const reason = refusal(header, offset, placement, masters, sink.sizeBytesMax) ?? this.#doubtIn(header);
    if (reason !== undefined) {
      this.#reading.damaged(offset, `Cannot read ${elementName(id)}: ${reason}`);
      return;
    }
    const contentAt = offset + headerBytes;
    queue.moveTo(contentAt);
    if (isProof(id)) sink.confirm();
    if (placement === 'foreign') sink.meetForeign(id);
    if (!isFiller(id)) crc?.begin(id, offset, contentAt, contentAt + contentBytes);
    if (isEntered(id)) {
      masters.open(id, contentAt + contentBytes);
      this.#reading.keepFrom(offset);
    } else {
      this.#pending.await(header, offset, placement);
    }
  }

  #isHeldInDoubt(endOffset: number): boolean {
    const { sink, queue } = this.#reading;
    return sink.isHolding && endsInTags(queue, queue.keptFrom, endOffset);
  }

  #doubtIn(header: ElementHeader): string | undefined {
    const { sink, masters, elementBytesMax } = this.#reading;
    if (!sink.isHolding || masters.isBounded || !isClaimInDoubt(header, elementBytesMax)) return undefined;
    return sizeLimitReason(header.contentBytes, elementBytesMax);
  }
}
