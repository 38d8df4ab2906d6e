/** A track as the producer declared it. */
export interface FragmentTrack {
  readonly number: number;
  readonly uid?: bigint;
  readonly trackType: number;
  readonly name?: string;
  readonly codecId: string;
  readonly codecPrivate?: Uint8Array;
}

export interface FragmentTag {
  readonly name: string;
  readonly value: string;
}

export interface FragmentBlock {
  readonly trackNumber: number;
  /** Against the Cluster's timestamp. */
  readonly relativeMs: number;
  readonly payload: Uint8Array;
}

/** What is known of a fragment when its Cluster begins. */
export interface FragmentHead {
  readonly producerTimestampMs: number;
  /** The producer's Cluster timestamp. */
  readonly clusterMs: number;
  readonly tracks: readonly FragmentTrack[];
  /** Tags of the producer in force at the Cluster: ContactId and its like. */
  readonly tags: readonly FragmentTag[];
}

/** One Cluster of a producer: stored while it grows, so that live readers can follow it block by block. */
export interface Fragment extends FragmentHead {
  /** Position in its stream, counted from 0 without holes. */
  readonly ordinal: number;
  /** 47 decimal digits, strictly increasing in the whole emulator. */
  readonly number: string;
  readonly serverTimestampMs: number;
  readonly blocks: readonly FragmentBlock[];
  readonly bytes: number;
  /** From the Cluster's timestamp to the end of its last block. */
  readonly durationMs: number;
  /** When the last block had come; absent while the fragment grows. */
  readonly serverEndMs: number | undefined;
}

/** 16-bit mono at 8 kHz. */
export const PCM_BYTES_PER_MS = 16;

export function blockEndMs(block: FragmentBlock): number {
  return block.relativeMs + Math.ceil(block.payload.length / PCM_BYTES_PER_MS);
}
