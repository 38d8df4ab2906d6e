import { createHash } from 'node:crypto';
import { muxClusterStart, muxHeader, muxSimpleBlock, muxTags } from '@earshot/matroska';
import { noise, PCM_TRACKS } from './media-streams.ts';

/** What happens to the sixth of twelve fragments. */
export const DAMAGES = ['none', 'random400', 'missing700', 'zeroedHeader'] as const;
export type DamageName = (typeof DAMAGES)[number];

export interface DamagedCall {
  readonly bytes: Uint8Array;
  /** SHA-256 of every payload of track 1 before the damage; no two are the same. */
  readonly payloadHashes: ReadonlySet<string>;
}

const FRAGMENT_COUNT = 12;
const BLOCKS_PER_TRACK = 17;
const BLOCK_BYTES = 1024;
const BLOCK_MS = 64;
const DAMAGED_FRAGMENT = 5;
/** The damage begins in this block of the Cluster, so long before its end that it reaches into the next one. */
const DAMAGED_BLOCK = 8;
const BYTES_BEFORE_NEXT_BLOCK = 200;
const START_MS = 1_763_856_000_000;

export function makeDamagedCall(damage: DamageName): DamagedCall {
  const payloadHashes = new Set<string>();
  const fragments = Array.from({ length: FRAGMENT_COUNT }, (_, number) => {
    const blocks = makeBlocks(number, payloadHashes);
    const pieces = [
      muxHeader({
        tracks: PCM_TRACKS,
        tagsBeforeCluster: [{ name: 'AWS_KINESISVIDEO_FRAGMENT_NUMBER', value: String(number) }],
      }),
      muxClusterStart(START_MS + number * BLOCKS_PER_TRACK * BLOCK_MS),
      ...blocks,
      muxTags([{ name: 'AWS_KINESISVIDEO_CONTINUATION_TOKEN', value: String(number) }]),
    ];
    const damageAt =
      Buffer.concat(pieces.slice(0, 2 + DAMAGED_BLOCK + 1)).byteLength - BYTES_BEFORE_NEXT_BLOCK;
    const fragment = Buffer.concat(pieces);
    return number === DAMAGED_FRAGMENT ? apply(damage, fragment, damageAt) : fragment;
  });
  return { bytes: Buffer.concat(fragments), payloadHashes };
}

/** Both sides of one fragment in turn; the hashes of the first side's payloads are added. */
function makeBlocks(fragment: number, payloadHashes: Set<string>): Uint8Array[] {
  return Array.from({ length: BLOCKS_PER_TRACK * PCM_TRACKS.length }, (_, index) => {
    const trackNumber = (index % PCM_TRACKS.length) + 1;
    const payload = noise(BLOCK_BYTES, fragment * 1000 + index);
    if (trackNumber === 1) payloadHashes.add(createHash('sha256').update(payload).digest('hex'));
    const relativeTimestamp = Math.floor(index / PCM_TRACKS.length) * BLOCK_MS;
    return muxSimpleBlock({ trackNumber, relativeTimestamp, payload });
  });
}

function apply(damage: DamageName, fragment: Buffer, at: number): Buffer {
  switch (damage) {
    case 'none':
      return fragment;
    case 'random400':
      return Buffer.concat([fragment.subarray(0, at), noise(400, 4711), fragment.subarray(at + 400)]);
    case 'missing700':
      return Buffer.concat([fragment.subarray(0, at), fragment.subarray(at + 700)]);
    case 'zeroedHeader':
      return Buffer.concat([Buffer.alloc(12), fragment.subarray(12)]);
  }
}
