import { muxSimpleBlock } from '@earshot/matroska';
import type { FragmentBlock } from './fragment.ts';

/** SimpleBlock id, a size of two bytes, track number of one byte, time of two, flags. */
const HEADER_BYTES = 7;
const SIMPLE_BLOCK = 0xa3;
const KEYFRAME = 0x80;
/** Sizes and track numbers beyond these take more bytes than the short header has. */
const PAYLOAD_BYTES_MAX = 16_000;
const TRACK_NUMBER_MAX = 126;

/** SimpleBlocks in one piece; 16 000 of them a second are written when 500 calls are played, hence not one by one. */
export function mediaBlocks(blocks: readonly FragmentBlock[]): Uint8Array {
  if (!blocks.every(isShort)) return Buffer.concat(blocks.map(muxed));
  const bytes = blocks.reduce((sum, { payload }) => sum + HEADER_BYTES + payload.length, 0);
  const written = Buffer.allocUnsafe(bytes);
  let at = 0;
  for (const { trackNumber, relativeMs, payload } of blocks) {
    written[at] = SIMPLE_BLOCK;
    written.writeUInt16BE(0x4000 | (payload.length + 4), at + 1);
    written[at + 3] = 0x80 | trackNumber;
    written.writeInt16BE(Math.round(relativeMs), at + 4);
    written[at + 6] = KEYFRAME;
    written.set(payload, at + HEADER_BYTES);
    at += HEADER_BYTES + payload.length;
  }
  return written;
}

function isShort({ payload, trackNumber }: FragmentBlock): boolean {
  return payload.length <= PAYLOAD_BYTES_MAX && trackNumber <= TRACK_NUMBER_MAX;
}

function muxed({ trackNumber, relativeMs, payload }: FragmentBlock): Uint8Array {
  return muxSimpleBlock({ trackNumber, relativeTimestamp: Math.round(relativeMs), payload });
}
