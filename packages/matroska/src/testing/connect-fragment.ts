import { muxCluster, muxClusterStart, muxSimpleBlock } from '../lib/mux-cluster.ts';
import { concatBytes, type MuxSize } from '../lib/mux-element.ts';
import { muxHeader } from '../lib/mux-header.ts';
import { muxTags } from '../lib/mux-tags.ts';

/** Numerical Recipes' linear congruential generator: the same noise on every machine. */
export function noise(seed: number, length: number): Uint8Array {
  let state = seed >>> 0;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

export const CONNECT_BLOCK_COUNT = 34;

/** One fragment as Amazon Connect sends it: two tracks of PCM under the wrong codec id, tags before and after. */
export function connectFragment(number: number, clusterSize: MuxSize = 'unknown'): Uint8Array {
  const timestamp = 1_726_677_688_724 + number * 1088;
  const blocks = Array.from({ length: CONNECT_BLOCK_COUNT }, (_, index) => ({
    trackNumber: (index % 2) + 1,
    relativeTimestamp: Math.floor(index / 2) * 64,
    payload: noise(number * 100 + index, 1024),
  }));
  return concatBytes([
    muxHeader({
      tracks: [
        { number: 1, trackType: 2, name: 'AUDIO_FROM_CUSTOMER', codecId: 'A_AAC' },
        { number: 2, trackType: 2, name: 'AUDIO_TO_CUSTOMER', codecId: 'A_AAC' },
      ],
      tagsBeforeCluster: [{ name: 'AWS_KINESISVIDEO_FRAGMENT_NUMBER', value: String(number) }],
    }),
    ...(clusterSize === 'unknown'
      ? [muxClusterStart(timestamp), ...blocks.map(muxSimpleBlock)]
      : [muxCluster({ timestamp, blocks }, { size: clusterSize })]),
    muxTags([{ name: 'ContactId', value: `contact-${number}` }]),
    muxTags([{ name: 'AWS_KINESISVIDEO_CONTINUATION_TOKEN', value: String(number) }]),
  ]);
}
