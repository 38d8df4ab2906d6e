import { muxClusterStart, muxSimpleBlock, type MuxTag } from '@earshot/matroska';
import type { ParticipantRole } from '@earshot/domain';
import { callHeader, type TrackNumbers } from './call-document.ts';

export const BLOCK_MS = 64;

export interface Gap {
  /** Media time at which nothing is put any more, ms from the start of the call. */
  readonly fromMs: number;
  /** Media time at which it goes on. */
  readonly toMs: number;
}

export interface CallWriterOptions {
  readonly startAtMs: number;
  readonly fragmentBlocks: number;
  readonly trackNumbers: TrackNumbers;
  readonly gaps: readonly Gap[];
  readonly tagsOf: (fragmentIndex: number) => readonly MuxTag[];
}

/** Blocks of both sides that begin at the same time. */
export type BlockPair = Partial<Record<ParticipantRole, Uint8Array>>;

/** Turns pairs of blocks into a document: where Clusters and gaps are, and when its header changes. */
export class CallWriter {
  readonly #options: CallWriterOptions;
  readonly #gaps: Gap[];
  #header = '';
  #fragments = 0;
  #blocksInFragment = 0;
  #clusterMs = 0;
  /** Media time at which the next pair begins. */
  nextMs = 0;

  constructor(options: CallWriterOptions) {
    this.#options = options;
    this.#gaps = options.gaps.toSorted((a, b) => a.fromMs - b.fromMs);
  }

  /**
   * The bytes of one pair. `roles` are the sides that still speak: a Cluster begins under a header that declares these
   * alone, since the service wants a block of every declared track in every fragment (error 4011).
   */
  write(pair: BlockPair, roles: readonly ParticipantRole[]): Uint8Array[] {
    const isAfterGap = this.#leap();
    const isNewFragment = isAfterGap || this.#blocksInFragment % this.#options.fragmentBlocks === 0;
    const parts = isNewFragment ? this.#beginFragment(roles) : [];
    const relativeTimestamp = Math.round(this.nextMs - this.#clusterMs);
    for (const role of roles) {
      const payload = pair[role];
      if (payload === undefined) continue;
      const trackNumber = this.#options.trackNumbers[role];
      parts.push(muxSimpleBlock({ trackNumber, relativeTimestamp, payload }));
    }
    this.#blocksInFragment += 1;
    this.nextMs += BLOCK_MS;
    return parts;
  }

  #leap(): boolean {
    const [gap] = this.#gaps;
    if (gap === undefined || this.nextMs < gap.fromMs) return false;
    this.#gaps.shift();
    this.nextMs += Math.max(0, gap.toMs - gap.fromMs);
    return true;
  }

  #beginFragment(roles: readonly ParticipantRole[]): Uint8Array[] {
    const { startAtMs, trackNumbers, tagsOf } = this.#options;
    const tags = tagsOf(this.#fragments);
    this.#fragments += 1;
    this.#blocksInFragment = 0;
    this.#clusterMs = this.nextMs;
    const cluster = muxClusterStart(Math.round(startAtMs + this.#clusterMs));
    const header = JSON.stringify([roles, tags]);
    if (header === this.#header) return [cluster];
    this.#header = header;
    return [callHeader(roles, trackNumbers, tags), cluster];
  }
}
