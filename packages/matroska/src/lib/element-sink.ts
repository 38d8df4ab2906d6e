import type { MasterSink } from './open-masters.ts';
import type { SyncSearch } from './sync-search.ts';

/** `doubtful`: it may be noise that looks like an element, so the bytes are kept to be read again. */
export type Verdict = 'sound' | 'doubtful';

export interface ElementSink extends MasterSink {
  /** An element read whole. `offset` is where it begins, `endOffset` where it ends. */
  element(id: number, content: Uint8Array, offset: number, endOffset: number): Verdict;
}

/** An element whose header was read and whose content is awaited. */
export interface PendingElement {
  readonly id: number;
  readonly offset: number;
  readonly contentBytes: number;
  readonly endOffset: number;
  readonly isReadWhole: boolean;
  /** Passed over as it arrives, so that it cannot be gone back over. */
  readonly isStreamed: boolean;
  /** Noise often looks like this one. */
  readonly isDoubtful: boolean;
  /** Set when its size is not believed. */
  readonly search: SyncSearch | undefined;
}
