import { ElementId } from './element-id.ts';
import { muxElement, muxMaster, muxUnsigned, muxUnsigned64 } from './mux-element.ts';

/** A place in a Segment: bytes from the first byte of its content. */
export interface MuxSeek {
  readonly id: number;
  readonly positionBytes: number;
}

/** The Cluster in which a moment of a track is found. */
export interface MuxCuePoint {
  /** In ticks. */
  readonly timestamp: number;
  readonly trackNumber: number;
  /** Of the Cluster: bytes from the first byte of the Segment's content. */
  readonly clusterPositionBytes: number;
}

/**
 * Where to find what stands further behind (RFC 9559, section 5.1.1). Positions take 8 bytes whatever they are, so the
 * element is as long with zeros as with what is known later.
 */
export function muxSeekHead(places: readonly MuxSeek[]): Uint8Array {
  const seeks = places.map(({ id, positionBytes }) =>
    muxMaster(ElementId.Seek, [
      muxUnsigned(ElementId.SeekID, id),
      muxUnsigned64(ElementId.SeekPosition, positionBytes),
    ]),
  );
  return muxMaster(ElementId.SeekHead, seeks);
}

/** Where a player begins to read for a moment (RFC 9559, section 5.1.5); each point is as long as any other. */
export function muxCues(points: readonly MuxCuePoint[]): Uint8Array {
  return muxMaster(ElementId.Cues, points.map(muxCuePoint));
}

function muxCuePoint({ timestamp, trackNumber, clusterPositionBytes }: MuxCuePoint): Uint8Array {
  return muxMaster(ElementId.CuePoint, [
    muxUnsigned64(ElementId.CueTime, timestamp),
    muxMaster(ElementId.CueTrackPositions, [
      muxUnsigned64(ElementId.CueTrack, trackNumber),
      muxUnsigned64(ElementId.CueClusterPosition, clusterPositionBytes),
    ]),
  ]);
}

/** Room of `lengthBytes`, 9 or more, that readers pass over. */
export function muxVoid(lengthBytes: number): Uint8Array {
  return muxElement(ElementId.Void, new Uint8Array(lengthBytes - 9), 'known-8-bytes');
}
