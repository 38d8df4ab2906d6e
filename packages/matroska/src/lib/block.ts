import { ElementId } from './element-id.ts';
import { readSafeUnsigned } from './element-value.ts';
import { vintBytes } from './element-header.ts';
import { lacingOf, splitFrames } from './lacing.ts';
import { visitChildren } from './master-children.ts';

/** A SimpleBlock or BlockGroup as it stands in its Cluster. */
export interface Block {
  readonly trackNumber: number;
  /** Relative to the Cluster. */
  readonly timestampTicks: number;
  readonly durationTicks?: number;
  readonly keyframe: boolean;
  readonly frames: readonly Uint8Array[];
}

/** Why a block cannot be read; goes into the problem's message. */
export interface BadBlock {
  readonly reason: string;
}

const KEYFRAME_FLAG = 0x80;
const RESERVED_FLAGS = 0x70;

/** RFC 9559, section 10.2. */
export function readSimpleBlock(content: Uint8Array): Block | BadBlock {
  const header = readBlockHeader(content);
  if ('reason' in header) return header;
  const { trackNumber, timestampTicks, flags, frames } = header;
  if ((flags & RESERVED_FLAGS) !== 0) return { reason: 'its reserved flags are set' };
  return { trackNumber, timestampTicks, keyframe: (flags & KEYFRAME_FLAG) !== 0, frames };
}

/** RFC 9559, section 10.1. A group without ReferenceBlock is a keyframe. */
export function readBlockGroup(content: Uint8Array): Block | BadBlock {
  let block: Uint8Array | undefined;
  let durationTicks: number | undefined;
  let keyframe = true;
  const isWhole = visitChildren(content, (child) => {
    if (child.id === ElementId.Block) block = child.content;
    if (child.id === ElementId.BlockDuration) durationTicks = readSafeUnsigned(child.content);
    if (child.id === ElementId.ReferenceBlock) keyframe = false;
  });
  if (!isWhole) return { reason: 'a child overruns it' };
  if (block === undefined) return { reason: 'it holds no Block' };
  const header = readBlockHeader(block);
  if ('reason' in header) return header;
  const { trackNumber, timestampTicks, frames } = header;
  return {
    trackNumber,
    timestampTicks,
    keyframe,
    frames,
    ...(durationTicks === undefined ? {} : { durationTicks }),
  };
}

interface BlockHeader {
  readonly trackNumber: number;
  readonly timestampTicks: number;
  readonly flags: number;
  readonly frames: readonly Uint8Array[];
}

function readBlockHeader(content: Uint8Array): BlockHeader | BadBlock {
  const numberBytes = vintBytes(content[0] ?? 0);
  const payloadAt = numberBytes + 3;
  if (numberBytes > 4 || payloadAt > content.length)
    return { reason: 'its header is cut short or malformed' };
  let trackNumber = (content[0] ?? 0) & (0xff >> numberBytes);
  for (let i = 1; i < numberBytes; i++) trackNumber = trackNumber * 256 + (content[i] ?? 0);
  if (trackNumber === 0) return { reason: 'its track number is 0' };

  const timestamp = ((content[numberBytes] ?? 0) << 8) | (content[numberBytes + 1] ?? 0);
  const flags = content[numberBytes + 2] ?? 0;
  const frames = splitFrames(content.subarray(payloadAt), lacingOf(flags));
  if (frames === undefined) return { reason: 'its lace does not add up to its size' };
  return { trackNumber, timestampTicks: (timestamp << 16) >> 16, flags, frames };
}
