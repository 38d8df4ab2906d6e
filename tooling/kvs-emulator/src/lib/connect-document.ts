import { createHash } from 'node:crypto';
import { muxClusterStart, muxHeader, muxSimpleBlock, muxTags } from '@earshot/matroska';
import type { Fragment, FragmentBlock, FragmentTag } from './fragment.ts';
import type { IdentityPosition } from './video-stream.ts';

/** Strings of the producer library that Amazon Connect uses (connect-media 1.1). */
const TITLE = 'Kinesis Video SDK';
const MUXING_APP = 'Kinesis Video SDK 1.1.0 JNI 2.0';
const SEGMENT_UID_BYTES = 16;
/** Amazon Connect writes an empty list of events. */
const EVENTS_TAG: FragmentTag = { name: 'Events', value: '[]' };

/** A document up to its first block: header, the service's tags, leading identity tags, Cluster. */
export function documentHead(fragment: Fragment, identity: IdentityPosition): Uint8Array {
  const { tracks, number, serverTimestampMs, producerTimestampMs } = fragment;
  const segmentUid = createHash('sha256').update(number).digest().subarray(0, SEGMENT_UID_BYTES);
  return Buffer.concat([
    muxHeader({ tracks, title: TITLE, muxingApp: MUXING_APP, segmentUid }),
    muxTags([
      { name: 'AWS_KINESISVIDEO_FRAGMENT_NUMBER', value: number },
      { name: 'AWS_KINESISVIDEO_SERVER_TIMESTAMP', value: seconds(serverTimestampMs) },
      { name: 'AWS_KINESISVIDEO_PRODUCER_TIMESTAMP', value: seconds(producerTimestampMs) },
    ]),
    ...(identity === 'trailing' ? [] : identityTags(fragment)),
    muxClusterStart(Math.round(fragment.clusterMs)),
  ]);
}

export function mediaBlocks(blocks: readonly FragmentBlock[]): Uint8Array {
  const muxed = blocks.map(({ trackNumber, relativeMs, payload }) => {
    return muxSimpleBlock({ trackNumber, relativeTimestamp: Math.round(relativeMs), payload });
  });
  return Buffer.concat(muxed);
}

/** A document behind its last block: trailing identity tags, then the service's tags, the token last. */
export function documentTail(fragment: Fragment, identity: IdentityPosition, behindMs: number): Uint8Array {
  return Buffer.concat([
    ...(identity === 'leading' ? [] : identityTags(fragment)),
    muxTags([
      { name: 'AWS_KINESISVIDEO_MILLIS_BEHIND_NOW', value: String(Math.round(behindMs)) },
      { name: 'AWS_KINESISVIDEO_CONTINUATION_TOKEN', value: fragment.number },
    ]),
  ]);
}

/** What stands in place of media when reading fails after the status was sent: no Cluster, no ContactId. */
export function errorDocument(error: { readonly errorId: string; readonly errorCode: string }): Uint8Array {
  return Buffer.concat([
    muxHeader({ tracks: [], title: TITLE, muxingApp: MUXING_APP }),
    muxTags([
      { name: 'AWS_KINESISVIDEO_ERROR_CODE', value: error.errorCode },
      { name: 'AWS_KINESISVIDEO_ERROR_ID', value: error.errorId },
    ]),
  ]);
}

/** One Tags element each, as in Amazon Connect's streams; none for a producer that sent no tags. */
function identityTags({ tags }: Fragment): readonly Uint8Array[] {
  if (tags.length === 0) return [];
  const hasEvents = tags.some(({ name }) => name === EVENTS_TAG.name);
  return [...tags, ...(hasEvents ? [] : [EVENTS_TAG])].map((tag) => muxTags([tag]));
}

function seconds(timestampMs: number): string {
  return (timestampMs / 1000).toFixed(3);
}
