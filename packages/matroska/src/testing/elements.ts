import { crc32 } from 'node:zlib';
import { ElementId } from '../lib/element-id.ts';
import {
  concatBytes,
  muxElement,
  muxMaster,
  muxOpenMaster,
  muxUnsigned,
  type MuxSize,
} from '../lib/mux-element.ts';
import { muxEbmlHeader } from '../lib/mux-header.ts';

/** A master whose first child is the CRC-32 of the others. */
export function withCrc32(id: number, children: readonly Uint8Array[], size: MuxSize = 'known'): Uint8Array {
  const content = concatBytes(children);
  const value = new Uint8Array(4);
  new DataView(value.buffer).setUint32(0, crc32(content), true);
  return muxMaster(id, [muxElement(ElementId.CRC32, value), content], size);
}

/** An EBML header and a Segment of unknown size. */
export const documentStart = concatBytes([muxEbmlHeader('matroska'), muxOpenMaster(ElementId.Segment)]);

/** Tracks with one audio track, number 1, that has these children besides. */
export function audioTrack(...children: Uint8Array[]): Uint8Array {
  return muxMaster(ElementId.Tracks, [
    muxMaster(ElementId.TrackEntry, [
      muxUnsigned(ElementId.TrackNumber, 1),
      muxUnsigned(ElementId.TrackType, 2),
      ...children,
    ]),
  ]);
}
