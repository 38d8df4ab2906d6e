/** Longest header read: 4 bytes of id (EBMLMaxIDLength 4) and 8 of size (EBMLMaxSizeLength 8). */
export const ELEMENT_HEADER_BYTES_MAX = 12;

export interface ElementHeader {
  readonly id: number;
  /** `Infinity` when the size is the reserved "unknown" value (RFC 8794, section 6.2). */
  readonly contentBytes: number;
  readonly headerBytes: number;
}

/**
 * Reads id and size at `at`, looking no further than `end`.
 * `more` when the bytes run out first; `invalid` when no element can begin with these bytes (RFC 8794, sections 5 and 6).
 */
export function readElementHeader(
  bytes: Uint8Array,
  at: number,
  end: number,
): ElementHeader | 'more' | 'invalid' {
  if (at >= end) return 'more';
  const idBytes = vintBytes(bytes[at] ?? 0);
  if (idBytes > 4) return 'invalid';
  if (at + idBytes > end) return 'more';
  let id = 0;
  for (let i = 0; i < idBytes; i++) id = id * 256 + (bytes[at + i] ?? 0);
  if (!isElementId(id, idBytes)) return 'invalid';

  const sizeAt = at + idBytes;
  if (sizeAt >= end) return 'more';
  const sizeBytes = vintBytes(bytes[sizeAt] ?? 0);
  if (sizeBytes > 8) return 'invalid';
  if (sizeAt + sizeBytes > end) return 'more';
  const contentBytes = readSize(bytes, sizeAt, sizeBytes);
  if (contentBytes === undefined) return 'invalid';
  return { id, contentBytes, headerBytes: idBytes + sizeBytes };
}

/** Length of a variable-size integer told by its first byte; 9 when that byte is 0 and so tells none. */
export function vintBytes(first: number): number {
  return Math.clz32(first) - 23;
}

/** Smallest and largest id of 1 to 4 bytes: value bits all 0, all 1, or fitting a shorter id are reserved (RFC 8794, section 5). */
const ID_MIN = [0x81, 0x407f, 0x20_3fff, 0x101f_ffff];
const ID_MAX = [0xfe, 0x7ffe, 0x3f_fffe, 0x1fff_fffe];

function isElementId(id: number, idBytes: number): boolean {
  return id >= (ID_MIN[idBytes - 1] ?? Infinity) && id <= (ID_MAX[idBytes - 1] ?? 0);
}

/** `Infinity` for the unknown size, `undefined` beyond 2^53 - 1 (no such element can exist). */
function readSize(bytes: Uint8Array, at: number, sizeBytes: number): number | undefined {
  const first = bytes[at] ?? 0;
  let value = first & (0xff >> sizeBytes);
  let isAllOnes = value === 0xff >> sizeBytes;
  for (let i = 1; i < sizeBytes; i++) {
    const byte = bytes[at + i] ?? 0;
    isAllOnes &&= byte === 0xff;
    value = value * 256 + byte;
  }
  if (isAllOnes) return Infinity;
  return value <= Number.MAX_SAFE_INTEGER ? value : undefined;
}
