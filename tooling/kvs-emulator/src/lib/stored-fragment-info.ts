import type { VideoStream } from './video-stream.ts';

/** One retained fragment as it was produced. */
export interface StoredFragmentInfo {
  readonly number: string;
  /** As `FragmentSelection` counts. */
  readonly ordinal: number;
  /** The producer's Cluster timestamp. */
  readonly clusterMs: number;
  readonly durationMs: number;
  /** PCM of all tracks. */
  readonly bytes: number;
  readonly contactId: string | undefined;
  readonly isComplete: boolean;
}

export function storedFragmentsOf(stream: VideoStream | undefined): readonly StoredFragmentInfo[] {
  const fragments = stream?.retained() ?? [];
  return fragments.map(({ number, ordinal, clusterMs, durationMs, bytes, tags, serverEndMs }) => ({
    number,
    ordinal,
    clusterMs,
    durationMs,
    bytes,
    contactId: tags.find(({ name }) => name === 'ContactId')?.value,
    isComplete: serverEndMs !== undefined,
  }));
}
