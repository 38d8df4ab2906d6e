import { elementDepth, ElementId, elementName, isGlobalElement } from './element-id.ts';
import type { ProblemSink } from './matroska-event.ts';

/** The masters that are entered rather than read whole: a document (named by its EBML header), Segment, Cluster. */
interface OpenMaster {
  readonly id: number;
  /** Offset behind its last byte, at most its parent's; `Infinity` while unknown. */
  endOffset: number;
  /** False when its size is unknown, even if its parent's is not. */
  tellsItsEnd: boolean;
  /** A document holds one Segment (RFC 9559, section 4.5). */
  hasHeldSegment: boolean;
}

export interface MasterSink extends ProblemSink {
  openDocument(offset: number): void;
  closeDocument(): void;
  openCluster(): void;
  closeCluster(): void;
}

/** `foreign`: unknown here; `outside-cluster`: a Cluster's child without one; `outside-document`: nothing may begin so. */
export type Placement = 'known' | 'foreign' | 'outside-cluster' | 'outside-document';

/** The path of open masters, outermost first. Its length is the depth of the elements that may follow. */
export class OpenMasters {
  readonly #path: OpenMaster[] = [];
  readonly #sink: MasterSink;

  constructor(sink: MasterSink) {
    this.#sink = sink;
  }

  /** Where the innermost master ends; `Infinity` when that is unknown or none is open. */
  get endOffset(): number {
    return this.#path.at(-1)?.endOffset ?? Infinity;
  }

  get isInCluster(): boolean {
    return this.#path.length === 3;
  }

  /** True when the innermost master declares its size, so that its children's can be checked against it. */
  get isBounded(): boolean {
    return this.#path.at(-1)?.tellsItsEnd ?? false;
  }

  /**
   * Closes every master that cannot hold the element which begins at `offset` (RFC 8794, section 6.2; RFC 9559, section 4.5).
   * Outside a document it cannot stand, unless reading was `resumed` here: then a document whose beginning was lost is opened.
   */
  place(id: number, offset: number, resumed: boolean): Placement {
    const depth = elementDepth(id);
    if (isGlobalElement(id)) return 'known';
    if (depth === undefined) return this.#path.length === 0 ? 'outside-document' : 'foreign';
    if (depth === 3 && this.#path.length < 3) return 'outside-cluster';
    const awaitsSegment = this.#path.length === 1 && this.#path[0]?.hasHeldSegment === false;
    const isOrphan = (depth === 1 && !awaitsSegment) || (depth === 2 && this.#path.length < 2);
    if (isOrphan && !resumed) return 'outside-document';
    this.#closeTo(isOrphan ? 0 : depth, offset, id);
    if (isOrphan) this.openDocument(offset);
    if (isOrphan && depth === 2) this.open(ElementId.Segment, Infinity);
    return 'known';
  }

  openDocument(offset: number): void {
    this.#path.push({ id: ElementId.EBML, endOffset: Infinity, tellsItsEnd: false, hasHeldSegment: false });
    this.#sink.openDocument(offset);
  }

  /** Opens a Segment in its document, or a Cluster in its Segment; it ends no later than its parent. */
  open(id: number, endOffset: number): void {
    const parent = this.#path.at(-1);
    if (parent !== undefined) parent.hasHeldSegment = true;
    const tellsItsEnd = endOffset !== Infinity;
    this.#path.push({
      id,
      endOffset: Math.min(endOffset, this.endOffset),
      tellsItsEnd,
      hasHeldSegment: false,
    });
    if (id === ElementId.Cluster) this.#sink.openCluster();
  }

  /** Closes the innermost master if it ends at `offset`, and a document with its Segment. */
  closeEnded(offset: number): boolean {
    if (this.endOffset > offset) return false;
    this.#closeInnermost();
    if (this.#path.length === 1) this.#closeInnermost();
    return true;
  }

  /** Closes all masters at the end of the stream. */
  closeAll(): void {
    while (this.#path.length > 0) this.#closeInnermost();
  }

  /** After damage no declared end can be believed: bytes may be missing or too many. */
  forgetEnds(): void {
    for (const master of this.#path) {
      master.endOffset = Infinity;
      master.tellsItsEnd = false;
    }
  }

  /** Says that the innermost master has not come to its declared end; `undefined` when it declares none. */
  cutShort(at: number, by: string): string | undefined {
    const innermost = this.#path.at(-1);
    if (innermost === undefined || innermost.endOffset === Infinity) return undefined;
    return `Cannot read ${elementName(innermost.id)} to its end: ${by} ${innermost.endOffset - at} bytes before it`;
  }

  #closeTo(depth: number, offset: number, nextId: number): void {
    while (this.#path.length > depth) {
      const message = this.cutShort(offset, `${elementName(nextId)} begins`);
      if (message !== undefined) {
        this.#sink.problem({ code: 'matroska.damaged', offset, message, skippedBytes: 0 });
        this.forgetEnds();
      }
      this.#closeInnermost();
    }
  }

  #closeInnermost(): void {
    const closed = this.#path.pop();
    if (closed?.id === ElementId.Cluster) this.#sink.closeCluster();
    if (closed?.id === ElementId.EBML) this.#sink.closeDocument();
  }
}
