import { elementName } from './element-id.ts';
import { MatroskaError } from './matroska-error.ts';

const utf8 = new TextEncoder();

/** `known` writes the shortest size, `known-8-bytes` always 8, `unknown` the reserved value (Segment and Cluster only). */
export type MuxSize = 'known' | 'known-8-bytes' | 'unknown';

/** One element with its id, size and content. `id` is as in `ElementId`, marker bits included. */
export function muxElement(id: number, content: Uint8Array, size: MuxSize = 'known'): Uint8Array {
  return concatBytes([bigEndian(id), sizeField(content.length, size), content]);
}

/** A master whose children are given as elements. */
export function muxMaster(id: number, children: readonly Uint8Array[], size: MuxSize = 'known'): Uint8Array {
  return muxElement(id, concatBytes(children), size);
}

/** A master's id and unknown size alone: its children follow as they come. */
export function muxOpenMaster(id: number): Uint8Array {
  return concatBytes([bigEndian(id), sizeField(0, 'unknown')]);
}

/** Shortest big-endian form, at least one byte. Throws `matroska.invalid-argument` below 0 or beyond 64 bits. */
export function muxUnsigned(id: number, value: number | bigint): Uint8Array {
  const isUnsigned = typeof value === 'bigint' ? value >= 0n && value < 2n ** 64n : isSafeUnsigned(value);
  if (!isUnsigned) {
    const message = `Cannot write ${elementName(id)}: ${value} is not an unsigned integer of 64 bits`;
    throw new MatroskaError('matroska.invalid-argument', message);
  }
  return muxElement(id, bigEndian(value));
}

export function muxFloat(id: number, value: number): Uint8Array {
  const content = new Uint8Array(8);
  new DataView(content.buffer).setFloat64(0, value);
  return muxElement(id, content);
}

export function muxText(id: number, value: string): Uint8Array {
  return muxElement(id, utf8.encode(value));
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Variable-size integer in the shortest form that is not the reserved all-ones (RFC 8794, section 4). */
export function variableSizeInteger(value: number): Uint8Array {
  let length = 1;
  while (length < 8 && value >= 2 ** (7 * length) - 1) length += 1;
  return paddedVint(value, length);
}

function sizeField(contentBytes: number, size: MuxSize): Uint8Array {
  switch (size) {
    case 'known':
      return variableSizeInteger(contentBytes);
    case 'known-8-bytes':
      return paddedVint(contentBytes, 8);
    case 'unknown':
      return paddedVint(null, 8);
  }
}

/** `null` gives all value bits 1. */
function paddedVint(value: number | null, length: number): Uint8Array {
  const bytes = new Uint8Array(length).fill(value === null ? 0xff : 0);
  let rest = value ?? 0;
  for (let i = length - 1; rest > 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  const marker = 0x80 >> (length - 1);
  bytes[0] = value === null ? marker | (marker - 1) : (bytes[0] ?? 0) | marker;
  return bytes;
}

function bigEndian(value: number | bigint): Uint8Array {
  let rest = BigInt(value);
  const bytes: number[] = [];
  do {
    bytes.unshift(Number(rest & 0xffn));
    rest >>= 8n;
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}

function isSafeUnsigned(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
