import { vintBytes } from './element-header.ts';

/** Track number of up to 4 bytes, timestamp, flags. */
export const BLOCK_HEADER_BYTES_MAX = 7;
export const RESERVED_FLAGS = 0x70;
export const LACING_FLAGS = 0x06;

/** What stands before the frames of a Block or SimpleBlock (RFC 9559, sections 10.1 and 10.2). */
export interface BlockHeader {
  readonly trackNumber: number;
  /** Relative to the Cluster. */
  readonly timestampTicks: number;
  readonly flags: number;
  readonly headerBytes: number;
}

/** Reads at `at`, no further than `end`; `undefined` when it is cut short or the track number takes more than 4 bytes. */
export function readBlockHeader(bytes: Uint8Array, at: number, end: number): BlockHeader | undefined {
  const numberBytes = vintBytes(bytes[at] ?? 0);
  const headerBytes = numberBytes + 3;
  if (numberBytes > 4 || at + headerBytes > end) return undefined;
  let trackNumber = (bytes[at] ?? 0) & (0xff >> numberBytes);
  for (let i = 1; i < numberBytes; i++) trackNumber = trackNumber * 256 + (bytes[at + i] ?? 0);
  const timeAt = at + numberBytes;
  const timestamp = ((bytes[timeAt] ?? 0) << 8) | (bytes[timeAt + 1] ?? 0);
  return {
    trackNumber,
    timestampTicks: (timestamp << 16) >> 16,
    flags: bytes[timeAt + 2] ?? 0,
    headerBytes,
  };
}
