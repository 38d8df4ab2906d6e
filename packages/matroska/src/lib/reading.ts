import { ByteQueue } from './byte-queue.ts';
import { CrcChecks } from './crc-checks.ts';
import { ELEMENT_HEADER_BYTES_MAX } from './element-header.ts';
import { elementName } from './element-id.ts';
import type { ElementSink, Verdict } from './element-sink.ts';
import { BELIEVED_BYTES_MAX } from './element-size.ts';
import { OpenMasters } from './open-masters.ts';
import type { Extent } from './problem-report.ts';
import { Recovery } from './recovery.ts';
import { SyncSearch } from './sync-search.ts';

export interface ReadingOptions {
  readonly elementBytesMax: number;
  readonly verifyCrc32: boolean;
}

/** Where reading stands: the bytes, the masters they are in, and what is done when they are damaged. */
export class Reading {
  readonly queue = new ByteQueue(ELEMENT_HEADER_BYTES_MAX);
  readonly sink: ElementSink;
  readonly masters: OpenMasters;
  readonly recovery: Recovery;
  readonly elementBytesMax: number;
  /** Absent unless CRC-32 is to be verified. */
  readonly crc: CrcChecks | undefined;

  constructor(sink: ElementSink, { elementBytesMax, verifyCrc32 }: ReadingOptions) {
    this.sink = sink;
    this.elementBytesMax = elementBytesMax;
    this.masters = new OpenMasters(sink);
    this.recovery = new Recovery(this.queue, sink);
    this.crc = verifyCrc32 ? new CrcChecks(this.queue, sink) : undefined;
  }

  /** Lets go of what was read, once it was counted for its CRC-32. */
  keepFrom(offset: number): void {
    this.crc?.readTo(this.queue.position);
    this.queue.keepFrom(offset);
  }

  /** An element was read to its end. */
  settle(element: Extent, verdict: Verdict): void {
    const { id, offset, endOffset } = element;
    this.queue.moveTo(endOffset);
    if (verdict === 'sound') this.keepFrom(endOffset - offset > BELIEVED_BYTES_MAX ? endOffset : offset);
    else if (verdict === 'doubtful') this.#doubt(element);
    else this.damaged(offset, `Cannot read ${elementName(id)}: it does not connect to the block before it`);
  }

  /** Nothing can be read at `offset`. */
  damaged(offset: number, message: string): void {
    this.crc?.cancel();
    this.masters.forgetEnds();
    this.recovery.start(offset, message);
  }

  /** Another document or Cluster begins inside the element: its declared size was damage. */
  overtaken({ id, offset }: Pick<Extent, 'id' | 'offset'>): void {
    this.damaged(offset, overtakenMessage(id));
  }

  /** As `overtaken`, where what lies before `found` was let go. */
  overtakenAt({ id, offset }: Pick<Extent, 'id' | 'offset'>, found: number): void {
    this.crc?.cancel();
    this.masters.forgetEnds();
    this.recovery.startFrom(found, offset, overtakenMessage(id));
  }

  /** Keeps the bytes to be read again. In a master that tells its end, noise cannot lead past it for long. */
  #doubt(element: Extent): void {
    const { offset, endOffset } = element;
    const { keptFrom } = this.queue;
    const isTooLong = endOffset - keptFrom > BELIEVED_BYTES_MAX;
    if (this.masters.isBounded) {
      if (isTooLong) this.keepFrom(endOffset);
      return;
    }
    const found = new SyncSearch(this.queue, Math.max(offset + 1, keptFrom)).run(endOffset);
    if (found !== undefined) this.overtaken(element);
    else if (isTooLong)
      this.damaged(endOffset, `Cannot read on: no sound element in ${BELIEVED_BYTES_MAX} bytes`);
  }
}

function overtakenMessage(id: number): string {
  return `Cannot read ${elementName(id)}: another element begins inside it`;
}
