import { ElementId, elementName } from './element-id.ts';
import { MatroskaError } from './matroska-error.ts';
import {
  concatBytes,
  muxElement,
  muxMaster,
  muxOpenMaster,
  muxUnsigned,
  variableSizeInteger,
  type MuxSize,
} from './mux-element.ts';

/** One frame of a track; neither laced nor encrypted. */
export interface MuxSimpleBlock {
  readonly trackNumber: number;
  /** Ticks from the Cluster's timestamp, -32768 to 32767. */
  readonly relativeTimestamp: number;
  /** Default true: every audio and subtitle frame is one. */
  readonly keyframe?: boolean;
  readonly payload: Uint8Array;
}

/** A block that may tell its duration. */
export interface MuxBlockGroup extends MuxSimpleBlock {
  readonly durationTicks?: number;
}

/** A Cluster and all of its blocks. */
export interface MuxClusterOptions {
  /** In ticks. */
  readonly timestamp: number;
  /** A block with `durationTicks` becomes a BlockGroup, the others SimpleBlocks. */
  readonly blocks: readonly MuxBlockGroup[];
}

const utf8 = new TextEncoder();
const KEYFRAME_FLAG = 0x80;

/** A Cluster of unknown size: Timestamp (ticks) and Position 0. Blocks follow as they come. */
export function muxClusterStart(timestamp: number): Uint8Array {
  return concatBytes([muxOpenMaster(ElementId.Cluster), ...clusterFields(timestamp)]);
}

/** A whole Cluster. */
export function muxCluster(
  { timestamp, blocks }: MuxClusterOptions,
  { size = 'known' }: { readonly size?: MuxSize } = {},
): Uint8Array {
  const muxed = blocks.map((block) =>
    block.durationTicks === undefined ? muxSimpleBlock(block) : muxBlockGroup(block),
  );
  return muxMaster(ElementId.Cluster, [...clusterFields(timestamp), ...muxed], size);
}

/** Throws `matroska.invalid-argument` for a track number or relative timestamp that a block cannot hold. */
export function muxSimpleBlock(block: MuxSimpleBlock): Uint8Array {
  const flags = (block.keyframe ?? true) ? KEYFRAME_FLAG : 0;
  return muxMaster(ElementId.SimpleBlock, blockContent(ElementId.SimpleBlock, block, flags));
}

/** A block that tells its duration, as subtitles need. Throws as `muxSimpleBlock`. */
export function muxBlockGroup(block: MuxBlockGroup): Uint8Array {
  const { durationTicks, keyframe = true } = block;
  return muxMaster(ElementId.BlockGroup, [
    muxMaster(ElementId.Block, blockContent(ElementId.Block, block, 0)),
    ...(durationTicks === undefined ? [] : [muxUnsigned(ElementId.BlockDuration, durationTicks)]),
    // A reference, to the block before by one tick, is what says "not a keyframe" in a group.
    ...(keyframe ? [] : [muxElement(ElementId.ReferenceBlock, Uint8Array.of(0xff))]),
  ]);
}

/** One subtitle as text (`S_TEXT/UTF8`). */
export interface MuxCue {
  readonly trackNumber: number;
  /** Ticks from the Cluster's timestamp, -32768 to 32767. */
  readonly relativeTimestamp: number;
  readonly durationTicks: number;
  /** Lines are parted by a line feed. */
  readonly text: string;
}

/** The block of one subtitle: readers show it for its duration, so it has one. For `muxCluster`, or `muxBlockGroup`. */
export function muxCue({ trackNumber, relativeTimestamp, durationTicks, text }: MuxCue): MuxBlockGroup {
  return { trackNumber, relativeTimestamp, durationTicks, payload: utf8.encode(text) };
}

function clusterFields(timestamp: number): Uint8Array[] {
  return [muxUnsigned(ElementId.Timestamp, timestamp), muxUnsigned(ElementId.Position, 0)];
}

/** In pieces, so that the payload is copied once. */
function blockContent(id: number, block: MuxSimpleBlock, flags: number): Uint8Array[] {
  const { trackNumber, relativeTimestamp, payload } = block;
  if (!Number.isInteger(trackNumber) || trackNumber < 1 || trackNumber > 2 ** 28 - 2) {
    throw badBlock(id, `track number ${trackNumber} is outside 1 to ${2 ** 28 - 2}`);
  }
  if (!Number.isInteger(relativeTimestamp) || relativeTimestamp < -32768 || relativeTimestamp > 32767) {
    throw badBlock(id, `relative timestamp ${relativeTimestamp} ticks is outside -32768 to 32767`);
  }
  const time = Uint8Array.of((relativeTimestamp >> 8) & 0xff, relativeTimestamp & 0xff, flags);
  return [variableSizeInteger(trackNumber), time, payload];
}

function badBlock(id: number, reason: string): MatroskaError {
  return new MatroskaError('matroska.invalid-argument', `Cannot write ${elementName(id)}: ${reason}`);
}
