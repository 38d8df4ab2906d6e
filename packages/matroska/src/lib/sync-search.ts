import { BLOCK_HEADER_BYTES_MAX, readBlockHeader, type BlockHeader } from './block-header.ts';
import type { BlockTrail } from './block-trail.ts';
import type { ByteQueue } from './byte-queue.ts';
import { ELEMENT_HEADER_BYTES_MAX, readElementHeader, type ElementHeader } from './element-header.ts';
import { contentBytesLimit, elementDepth, ElementId, isGlobalElement } from './element-id.ts';

/** What may come first inside an element where reading can resume. Four id bytes alone occur in PCM by chance. */
const firstChildren = new Map<number, readonly number[]>([
  [ElementId.Cluster, [ElementId.Timestamp, ElementId.Position, ElementId.PrevSize]],
  [ElementId.Tags, [ElementId.Tag]],
  [ElementId.Tracks, [ElementId.TrackEntry]],
  [
    ElementId.Info,
    [
      ElementId.SegmentUUID,
      ElementId.TimestampScale,
      ElementId.Title,
      ElementId.MuxingApp,
      ElementId.WritingApp,
      ElementId.Duration,
      ElementId.DateUTC,
    ],
  ],
]);

const ebmlChildren: ReadonlySet<number> = new Set([
  ElementId.EBMLVersion,
  ElementId.EBMLReadVersion,
  ElementId.EBMLMaxIDLength,
  ElementId.EBMLMaxSizeLength,
  ElementId.DocType,
  ElementId.DocTypeVersion,
  ElementId.DocTypeReadVersion,
  ElementId.DocTypeExtension,
  ElementId.CRC32,
  ElementId.Void,
]);

const isFirstIdByte = new Uint8Array(256);
for (const id of [ElementId.EBML, ElementId.Segment, ...firstChildren.keys()]) isFirstIdByte[id >>> 24] = 1;
const isFirstIdByteOrBlock = isFirstIdByte.slice();
isFirstIdByteOrBlock[ElementId.SimpleBlock] = 1;

type Match = 'yes' | 'no' | 'more';

/** Looks for the next offset where an element certainly begins, reading every byte once however it arrives. */
export class SyncSearch {
  readonly #queue: ByteQueue;
  #offset: number;
  readonly #trail: BlockTrail | undefined;
  readonly #firstIdBytes: Uint8Array;

  /** With a `trail`, the next block of its Cluster is looked for too. */
  constructor(queue: ByteQueue, from: number, trail?: BlockTrail) {
    this.#queue = queue;
    this.#offset = from;
    this.#trail = trail;
    this.#firstIdBytes = trail === undefined ? isFirstIdByte : isFirstIdByteOrBlock;
  }

  /** No element begins before this offset; bytes from here on are still needed. */
  get examinedTo(): number {
    return this.#offset;
  }

  /**
   * The offset found, or `undefined` when `limit` is reached or more bytes are needed.
   * An element counts only if all that proves it lies before `limit`, so the answer does not hang on chunk edges.
   */
  run(limit: number): number | undefined {
    const firstIdBytes = this.#firstIdBytes;
    while (this.#offset < Math.min(limit, this.#queue.end)) {
      const { bytes, start, end } = this.#queue.run(this.#offset);
      const stop = Math.min(end, start + limit - this.#offset);
      let at = start;
      while (at < stop && firstIdBytes[bytes[at] ?? 0] === 0) at += 1;
      this.#offset += at - start;
      if (at === stop) continue;
      const match = this.#match(this.#offset, limit);
      if (match === 'yes') return this.#offset;
      if (match === 'more') return undefined;
      this.#offset += 1;
    }
    return undefined;
  }

  #match(offset: number, limit: number): Match {
    const header = this.#header(offset, limit);
    if (typeof header === 'string') return header;
    const contentAt = offset + header.headerBytes;
    if (header.id === ElementId.SimpleBlock) return this.#matchBlock(offset, header, limit);
    if (header.id === ElementId.EBML) return this.#matchEbmlHeader(contentAt, header, limit);
    if (header.id !== ElementId.Segment && !firstChildren.has(header.id)) return 'no';
    if (
      header.contentBytes === Infinity &&
      header.id !== ElementId.Segment &&
      header.id !== ElementId.Cluster
    ) {
      return 'no';
    }
    const child = this.#header(contentAt, limit);
    if (typeof child === 'string') return child;
    return isFirstChild(header, child) ? 'yes' : 'no';
  }

  #matchEbmlHeader(contentAt: number, header: ElementHeader, limit: number): Match {
    if (header.contentBytes > contentBytesLimit(ElementId.EBML)) return 'no';
    const end = contentAt + header.contentBytes;
    if (end > limit) return 'no';
    let at = contentAt;
    let hasDocType = false;
    while (at < end) {
      const child = this.#header(at, limit);
      if (typeof child === 'string') return child;
      if (!ebmlChildren.has(child.id)) return 'no';
      hasDocType ||= child.id === ElementId.DocType;
      at += child.headerBytes + child.contentBytes;
    }
    return at === end && hasDocType ? 'yes' : 'no';
  }

  /** A block that fits into its Cluster and leads exactly to another one, to what may follow a Cluster, or to the stream's end. */
  #matchBlock(offset: number, element: ElementHeader, limit: number): Match {
    const trail = this.#trail;
    if (trail === undefined) return 'no';
    const header = this.#blockHeader(offset + element.headerBytes, limit);
    if (typeof header === 'string') return header;
    if (!trail.resumesAt(offset, header, element.contentBytes)) return 'no';
    const nextAt = offset + element.headerBytes + element.contentBytes;
    if (nextAt === limit) return 'yes';
    const next = this.#header(nextAt, limit);
    if (typeof next === 'string') return next;
    if (next.id !== ElementId.SimpleBlock) return this.#match(nextAt, limit);
    const nextHeader = this.#blockHeader(nextAt + next.headerBytes, limit);
    if (typeof nextHeader === 'string') return nextHeader;
    return trail.continues(header, nextHeader, next.contentBytes) ? 'yes' : 'no';
  }

  #blockHeader(offset: number, limit: number): BlockHeader | 'no' | 'more' {
    const reachable = Math.min(BLOCK_HEADER_BYTES_MAX, limit - offset);
    if (reachable <= 0) return 'no';
    const window = this.#queue.window(offset, reachable);
    const header = readBlockHeader(window.bytes, window.start, window.end);
    if (header !== undefined) return header;
    return offset + reachable <= this.#queue.end ? 'no' : 'more';
  }

  #header(offset: number, limit: number): ElementHeader | 'no' | 'more' {
    if (offset >= limit) return 'no';
    const reachable = Math.min(ELEMENT_HEADER_BYTES_MAX, limit - offset);
    const window = this.#queue.window(offset, reachable);
    const header = readElementHeader(window.bytes, window.start, window.end);
    if (header === 'invalid') return 'no';
    if (header === 'more') return offset + reachable <= this.#queue.end ? 'no' : 'more';
    return header;
  }
}

function isFirstChild(parent: ElementHeader, child: ElementHeader): boolean {
  if (child.headerBytes + child.contentBytes > parent.contentBytes) return false;
  if (child.contentBytes > contentBytesLimit(child.id)) return false;
  if (parent.id === ElementId.Segment) return elementDepth(child.id) === 2 || isGlobalElement(child.id);
  if (child.contentBytes === Infinity) return false;
  return isGlobalElement(child.id) || (firstChildren.get(parent.id)?.includes(child.id) ?? false);
}
