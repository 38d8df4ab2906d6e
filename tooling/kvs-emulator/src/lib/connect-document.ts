import { createHash } from 'node:crypto';
import { muxClusterStart, muxHeader, muxTags } from '@earshot/matroska';
import type { FragmentView } from './faults/fragment-view.ts';
import type { FragmentTag, FragmentTrack } from './fragment.ts';
import type { IdentityPosition } from './video-stream.ts';

/** Tags of the service differ between the live and the archived reader (connect-media 1.2). */
export type DocumentStyle = 'GetMedia' | 'GetMediaForFragmentList';

/** Strings of the producer library that Amazon Connect uses (connect-media 1.1). */
const TITLE = 'Kinesis Video SDK';
const MUXING_APP = 'Kinesis Video SDK 1.1.0 JNI 2.0';
const SEGMENT_UID_BYTES = 16;
/** Amazon Connect writes an empty list of events. */
const EVENTS_TAG: FragmentTag = { name: 'Events', value: '[]' };

/** A document up to its first block: header, the service's tags, leading identity tags, Cluster. */
export function documentHead(
  view: FragmentView,
  identity: IdentityPosition,
  style: DocumentStyle,
): Uint8Array {
  const { tracks, serverTimestampMs } = view;
  const { number, producerTimestampMs, clusterMs } = view.fragment;
  const segmentUid = createHash('sha256').update(number).digest().subarray(0, SEGMENT_UID_BYTES);
  const side = style === 'GetMedia' ? '' : 'SIDE_';
  return Buffer.concat([
    headerOf(tracks, segmentUid),
    muxTags([
      { name: 'AWS_KINESISVIDEO_FRAGMENT_NUMBER', value: number },
      { name: `AWS_KINESISVIDEO_SERVER_${side}TIMESTAMP`, value: seconds(serverTimestampMs) },
      { name: `AWS_KINESISVIDEO_PRODUCER_${side}TIMESTAMP`, value: seconds(producerTimestampMs) },
    ]),
    ...(identity === 'trailing' ? [] : [identityTags(view)]),
    muxClusterStart(Math.round(clusterMs)),
  ]);
}

/** A document behind its last block: trailing identity tags, then the service's tags of a live one, the token last. */
export function documentTail(
  view: FragmentView,
  identity: IdentityPosition,
  live: { readonly behindMs: number } | undefined,
): Uint8Array {
  const serviceTags = (behindMs: number): Uint8Array =>
    muxTags([
      { name: 'AWS_KINESISVIDEO_MILLIS_BEHIND_NOW', value: String(Math.round(behindMs)) },
      { name: 'AWS_KINESISVIDEO_CONTINUATION_TOKEN', value: view.fragment.number },
    ]);
  return Buffer.concat([
    ...(identity === 'leading' ? [] : [identityTags(view)]),
    ...(live === undefined ? [] : [serviceTags(live.behindMs)]),
  ]);
}

/** What stands in place of media when reading fails after the status was sent: no Cluster, no ContactId. */
export function errorDocument(error: { readonly errorId: string; readonly errorCode: string }): Uint8Array {
  return tagsAlone([
    { name: 'AWS_KINESISVIDEO_ERROR_CODE', value: error.errorCode },
    { name: 'AWS_KINESISVIDEO_ERROR_ID', value: error.errorId },
  ]);
}

/** The same from GetMediaForFragmentList. */
export function exceptionDocument(fragmentNumber: string, errorCode: string, message: string): Uint8Array {
  return tagsAlone([
    { name: 'AWS_KINESISVIDEO_FRAGMENT_NUMBER', value: fragmentNumber },
    { name: 'AWS_KINESISVIDEO_EXCEPTION_ERROR_CODE', value: errorCode },
    { name: 'AWS_KINESISVIDEO_EXCEPTION_MESSAGE', value: message },
  ]);
}

function tagsAlone(tags: readonly FragmentTag[]): Uint8Array {
  return Buffer.concat([muxHeader({ tracks: [], title: TITLE, muxingApp: MUXING_APP }), muxTags(tags)]);
}

/** A fragment shares tracks and tags with the one before it, so they are written once for all of them. */
const headers = new WeakMap<readonly FragmentTrack[], Buffer>();
const identities = new WeakMap<readonly FragmentTag[], Buffer>();
/** Stands in a shared header where each fragment has its own. */
const SEGMENT_UID_MARK = Buffer.alloc(SEGMENT_UID_BYTES, 0xed);

function headerOf(tracks: readonly FragmentTrack[], segmentUid: Uint8Array): Uint8Array {
  const options = { tracks, title: TITLE, muxingApp: MUXING_APP, segmentUid: SEGMENT_UID_MARK };
  const shared = headers.get(tracks) ?? Buffer.from(muxHeader(options));
  headers.set(tracks, shared);
  const header = Buffer.from(shared);
  header.set(segmentUid, header.indexOf(SEGMENT_UID_MARK));
  return header;
}

/** One Tags element each, as in Amazon Connect's streams; none for a producer that sent no tags. */
function identityTags({ tags, oddTags }: FragmentView): Uint8Array {
  const shared = identities.get(tags) ?? Buffer.concat(connectTags(tags).map((tag) => muxTags([tag])));
  identities.set(tags, shared);
  return oddTags.length === 0 ? shared : Buffer.concat([shared, ...oddTags]);
}

function connectTags(tags: readonly FragmentTag[]): readonly FragmentTag[] {
  const hasEvents = tags.length === 0 || tags.some(({ name }) => name === EVENTS_TAG.name);
  return hasEvents ? tags : [...tags, EVENTS_TAG];
}

function seconds(timestampMs: number): string {
  return (timestampMs / 1000).toFixed(3);
}
