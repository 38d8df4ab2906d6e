import { PARTICIPANT_ROLES } from '@earshot/domain';
import { muxCluster, muxCue, type MuxBlockGroup } from '@earshot/matroska';
import { mutePcm } from './mute-pcm.ts';
import { AUDIO_TRACKS, BLOCK_MS, BYTES_PER_MS, CAPTION_TRACKS, CLUSTER_MS } from './recording-layout.ts';
import { checkStretch, type RecordingCue, type RecordingStretch } from './recording-stretch.ts';

/** The farthest a block may stand from its Cluster's time (RFC 9559, section 10.1). */
const FROM_CLUSTER_MS_MAX = 32_767;

interface Cluster {
  readonly timestamp: number;
  readonly blocks: MuxBlockGroup[];
}

/**
 * A stretch as whole Clusters of known size with absolute times, its mutes silent: bytes that `assembleRecording` puts behind
 * others. The same stretch gives the same bytes. Throws `recordings.invalid-argument` for a stretch that contradicts itself.
 */
export function muxRecordingPart(stretch: RecordingStretch): Uint8Array {
  checkStretch(stretch);
  const clusters = [...audioClusters(stretch)];
  for (const cue of stretch.cues.toReversed()) addCue(clusters, cue, stretch.fromMs);
  return Buffer.concat(
    clusters
      .toSorted((a, b) => a.timestamp - b.timestamp)
      .map(({ timestamp, blocks }) =>
        muxCluster({
          timestamp,
          blocks: blocks.toSorted((a, b) => a.relativeTimestamp - b.relativeTimestamp),
        }),
      ),
  );
}

function* audioClusters(stretch: RecordingStretch): Generator<Cluster, void, undefined> {
  const { fromMs, toMs } = stretch;
  const sides = PARTICIPANT_ROLES.map((role) => ({
    trackNumber: AUDIO_TRACKS[role],
    pcm: mutePcm(stretch, role),
  }));
  for (let timestamp = fromMs; timestamp < toMs; timestamp += CLUSTER_MS) {
    const endMs = Math.min(toMs, timestamp + CLUSTER_MS);
    const blocks: MuxBlockGroup[] = [];
    for (let atMs = timestamp; atMs < endMs; atMs += BLOCK_MS) {
      const nextMs = Math.min(endMs, atMs + BLOCK_MS);
      for (const { trackNumber, pcm } of sides) {
        const payload = pcm.subarray((atMs - fromMs) * BYTES_PER_MS, (nextMs - fromMs) * BYTES_PER_MS);
        blocks.push({ trackNumber, relativeTimestamp: atMs - timestamp, payload });
      }
    }
    yield { timestamp, blocks };
  }
}

/** Into the Cluster of its moment; a late one into the first that can still tell its time, or one of its own. */
function addCue(clusters: Cluster[], { role, startMs, endMs, text }: RecordingCue, fromMs: number): void {
  const atMs = Math.round(startMs);
  const near = clusters.filter(({ timestamp }) => Math.abs(timestamp - atMs) <= FROM_CLUSTER_MS_MAX);
  let cluster = near.findLast(({ timestamp }) => timestamp <= atMs) ?? near[0];
  if (cluster === undefined) {
    cluster = { timestamp: Math.min(atMs, fromMs), blocks: [] };
    clusters.push(cluster);
  }
  // In front, so that players have a caption when its audio comes.
  cluster.blocks.unshift(
    muxCue({
      trackNumber: CAPTION_TRACKS[role],
      relativeTimestamp: atMs - cluster.timestamp,
      durationTicks: Math.max(1, Math.round(endMs) - atMs),
      text,
    }),
  );
}
