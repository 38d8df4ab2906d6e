import { readBlockHeader, RESERVED_FLAGS, type BlockHeader } from './block-header.ts';
import { viewOf } from './byte-view.ts';
import { ElementId } from './element-id.ts';
import { readSafeUnsigned, readSigned } from './element-value.ts';
import { lacingOf, splitFrames } from './lacing.ts';
import { visitChildren } from './master-children.ts';

/** A SimpleBlock or BlockGroup as it stands in its Cluster. */
export interface Block {
  readonly header: BlockHeader;
  readonly durationTicks: number | undefined;
  readonly discardPaddingNs: number | undefined;
  readonly keyframe: boolean;
  readonly frames: readonly Uint8Array[];
}

/** Why a block cannot be read; goes into the problem's message. */
export interface BadBlock {
  readonly reason: string;
}

const KEYFRAME_FLAG = 0x80;

/** RFC 9559, section 10.2. */
export function readSimpleBlock(content: Uint8Array): Block | BadBlock {
  const header = readBlockHeader(content, 0, content.length);
  if (header === undefined) return { reason: 'its header is cut short or malformed' };
  return simpleBlock(header, content, header.headerBytes, content.length);
}

/** A SimpleBlock whose header was read; its payload is `bytes[payloadAt]` up to but not including `bytes[payloadEnd]`. */
export function simpleBlock(
  header: BlockHeader,
  bytes: Uint8Array,
  payloadAt: number,
  payloadEnd: number,
): Block | BadBlock {
  if ((header.flags & RESERVED_FLAGS) !== 0) return { reason: 'its reserved flags are set' };
  const keyframe = (header.flags & KEYFRAME_FLAG) !== 0;
  return withFrames(header, viewOf(bytes, payloadAt, payloadEnd), keyframe);
}

/** RFC 9559, section 10.1. A group without ReferenceBlock is a keyframe. */
export function readBlockGroup(content: Uint8Array): Block | BadBlock {
  let block: Uint8Array | undefined;
  let durationTicks: number | undefined;
  let discardPaddingNs: number | undefined;
  let keyframe = true;
  const isWhole = visitChildren(content, (child) => {
    if (child.id === ElementId.Block) block = child.content;
    if (child.id === ElementId.BlockDuration) durationTicks = readSafeUnsigned(child.content);
    if (child.id === ElementId.DiscardPadding) discardPaddingNs = Number(readSigned(child.content) ?? 0n);
    if (child.id === ElementId.ReferenceBlock) keyframe = false;
  });
  if (!isWhole) return { reason: 'a child overruns it' };
  if (block === undefined) return { reason: 'it holds no Block' };
  const header = readBlockHeader(block, 0, block.length);
  if (header === undefined) return { reason: 'its header is cut short or malformed' };
  const payload = viewOf(block, header.headerBytes, block.length);
  return withFrames(header, payload, keyframe, durationTicks, discardPaddingNs);
}

function withFrames(
  header: BlockHeader,
  payload: Uint8Array,
  keyframe: boolean,
  durationTicks?: number,
  discardPaddingNs?: number,
): Block | BadBlock {
  if (header.trackNumber === 0) return { reason: 'its track number is 0' };
  const frames = splitFrames(payload, lacingOf(header.flags));
  if (frames === undefined) return { reason: 'its lace does not add up to its size' };
  return { header, keyframe, frames, durationTicks, discardPaddingNs };
}
