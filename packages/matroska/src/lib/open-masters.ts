import { ElementId, elementName } from './element-id.ts';

/** The masters that are entered rather than read whole: a document (named by its EBML header), Segment, Cluster. */
export interface OpenMaster {
  readonly id: number;
  /** Offset behind its last byte; `Infinity` while unknown. */
  endOffset: number;
  /** A document holds one Segment (RFC 9559, section 4.5). */
  hasHeldSegment: boolean;
}

export interface MasterSink {
  openDocument(offset: number): void;
  closeDocument(): void;
  openCluster(): void;
  closeCluster(): void;
}

/** The path of open masters, outermost first. Its length is the depth of the elements that may follow. */
export class OpenMasters {
  readonly #path: OpenMaster[] = [];
  readonly #sink: MasterSink;

  constructor(sink: MasterSink) {
    this.#sink = sink;
  }

  get depth(): number {
    return this.#path.length;
  }

  /** Where the innermost master ends; `Infinity` when that is unknown or none is open. */
  get endOffset(): number {
    return this.#path.at(-1)?.endOffset ?? Infinity;
  }

  get innermost(): OpenMaster | undefined {
    return this.#path.at(-1);
  }

  /** True between a document's EBML header and its Segment. */
  get awaitsSegment(): boolean {
    return this.#path.length === 1 && this.#path[0]?.hasHeldSegment === false;
  }

  openDocument(offset: number): void {
    this.#path.push({ id: ElementId.EBML, endOffset: Infinity, hasHeldSegment: false });
    this.#sink.openDocument(offset);
  }

  /** Opens a Segment in its document, or a Cluster in its Segment; it ends no later than its parent. */
  open(id: number, endOffset: number): void {
    const parent = this.#path.at(-1);
    if (parent !== undefined) parent.hasHeldSegment = true;
    this.#path.push({ id, endOffset: Math.min(endOffset, this.endOffset), hasHeldSegment: false });
    if (id === ElementId.Cluster) this.#sink.openCluster();
  }

  /** Closes the innermost master if it ends at `offset`, and a document with its Segment. */
  closeEnded(offset: number): boolean {
    if (this.endOffset > offset) return false;
    this.closeInnermost();
    if (this.#path.length === 1) this.closeInnermost();
    return true;
  }

  closeInnermost(): void {
    const closed = this.#path.pop();
    if (closed?.id === ElementId.Cluster) this.#sink.closeCluster();
    if (closed?.id === ElementId.EBML) this.#sink.closeDocument();
  }

  /** After damage no declared end can be believed: bytes may be missing or too many. */
  forgetEnds(): void {
    for (const master of this.#path) master.endOffset = Infinity;
  }
}

/** Says how far short of its declared end a master was cut. */
export function cutShort(master: OpenMaster, at: number, by: string): string {
  return `Cannot read ${elementName(master.id)} to its end: ${by} ${master.endOffset - at} bytes before it`;
}
