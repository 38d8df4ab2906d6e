import type { BlockHeader } from './block-header.ts';
import type { BlockTrail } from './block-trail.ts';
import type { Retracted } from './event-queue.ts';
import type { MasterSink } from './open-masters.ts';
import type { Extent } from './problem-report.ts';

/**
 * `doubtful`: it may be noise that looks like an element, so the bytes are kept to be read again.
 * `unconnected`: a block that cannot be of its Cluster, whose header was lost.
 */
export type Verdict = 'sound' | 'doubtful' | 'unconnected';

export interface ElementSink extends MasterSink {
  /** An element read whole. `offset` is where it begins, `endOffset` where it ends. */
  element(id: number, content: Uint8Array, offset: number, endOffset: number): Verdict;
  /** A SimpleBlock whose payload is `bytes[payloadAt]` up to but not including `bytes[payloadEnd]`. */
  simpleBlock(
    header: BlockHeader,
    bytes: Uint8Array,
    payloadAt: number,
    payloadEnd: number,
    at: Extent,
  ): Verdict;
  /** Longest element size of the document, bytes. */
  readonly sizeBytesMax: number;
  readonly trail: BlockTrail;
  /** True while the last block, or a problem with it, waits for what follows. */
  readonly isHolding: boolean;
  /** Nothing was written behind `end`. */
  confirmAtEnd(end: number): void;
  /** What follows is sound: so was what is held. */
  confirm(): void;
  /** The element `id`, unknown there, follows: noise often looks like that. */
  meetForeign(id: number): void;
  /** What follows is damage: what is held is part of it. */
  retract(): Retracted | undefined;
}
