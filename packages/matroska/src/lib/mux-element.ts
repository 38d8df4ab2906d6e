import { elementName, idBytes } from './element-id.ts';
import { MatroskaError } from './matroska-error.ts';

const utf8 = new TextEncoder();
const PLAIN_TEXT_LENGTH_MAX = 64;
const SIZE_BYTES_MAX = 8;

/** Dates count nanoseconds from 2001-01-01 (RFC 8794, section 7.6). */
export const EBML_EPOCH_MS = Date.UTC(2001, 0, 1);

/** `known` writes the shortest size, `known-8-bytes` always 8, `unknown` the reserved value (Segment and Cluster only). */
export type MuxSize = 'known' | 'known-8-bytes' | 'unknown';

/** One element with its id, size and content. `id` is as in `ElementId`, marker bits included. */
export function muxElement(id: number, content: Uint8Array, size: MuxSize = 'known'): Uint8Array {
  return muxMaster(id, [content], size);
}

/** A master whose children are given as elements. */
export function muxMaster(id: number, children: readonly Uint8Array[], size: MuxSize = 'known'): Uint8Array {
  let contentBytes = 0;
  for (const child of children) contentBytes += child.length;
  const sizeAt = idBytes(id);
  const sizeBytes = size === 'known' ? vintBytesFor(contentBytes) : SIZE_BYTES_MAX;
  const element = new Uint8Array(sizeAt + sizeBytes + contentBytes);
  writeBigEndian(element, 0, sizeAt, id);
  writeSize(element, sizeAt, sizeBytes, size === 'unknown' ? null : contentBytes);
  let at = sizeAt + sizeBytes;
  for (const child of children) {
    element.set(child, at);
    at += child.length;
  }
  return element;
}

/** A master's id and unknown size alone: its children follow as they come. */
export function muxOpenMaster(id: number): Uint8Array {
  return muxMaster(id, [], 'unknown');
}

/** A master's id and size alone, the size in 8 bytes: what is told of it follows as it is made. */
export function muxMasterStart(id: number, contentBytes: number): Uint8Array {
  const sizeAt = idBytes(id);
  const start = new Uint8Array(sizeAt + SIZE_BYTES_MAX);
  writeBigEndian(start, 0, sizeAt, id);
  writeSize(start, sizeAt, SIZE_BYTES_MAX, contentBytes);
  return start;
}

/** Shortest big-endian form, at least one byte. Throws `matroska.invalid-argument` below 0 or beyond 64 bits. */
export function muxUnsigned(id: number, value: number | bigint): Uint8Array {
  const isUnsigned = typeof value === 'bigint' ? value >= 0n && value < 2n ** 64n : isSafeUnsigned(value);
  if (!isUnsigned) {
    const message = `Cannot write ${elementName(id)}: ${value} is not an unsigned integer of 64 bits`;
    throw new MatroskaError('matroska.invalid-argument', message);
  }
  return muxElement(id, unsignedBytes(value));
}

export function muxFloat(id: number, value: number): Uint8Array {
  const content = new Uint8Array(8);
  new DataView(content.buffer).setFloat64(0, value);
  return muxElement(id, content);
}

/** Always 8 bytes, for a value that is not known when room is made for it. */
export function muxUnsigned64(id: number, value: number): Uint8Array {
  if (!isSafeUnsigned(value)) {
    const message = `Cannot write ${elementName(id)}: ${value} is not an unsigned integer of 64 bits`;
    throw new MatroskaError('matroska.invalid-argument', message);
  }
  const content = new Uint8Array(8);
  writeBigEndian(content, 0, 8, value);
  return muxElement(id, content);
}

/** An instant, given as milliseconds of the Unix epoch (RFC 8794, section 7.6). */
export function muxDate(id: number, epochMs: number): Uint8Array {
  const content = new Uint8Array(8);
  new DataView(content.buffer).setBigInt64(0, BigInt(Math.round(epochMs) - EBML_EPOCH_MS) * 1_000_000n);
  return muxElement(id, content);
}

export function muxText(id: number, value: string): Uint8Array {
  return muxElement(id, textBytes(value));
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
  const bytes = new Uint8Array(vintBytesFor(value));
  writeSize(bytes, 0, bytes.length, value);
  return bytes;
}

function vintBytesFor(value: number): number {
  let length = 1;
  while (length < SIZE_BYTES_MAX && value >= 2 ** (7 * length) - 1) length += 1;
  return length;
}

/** `null` is the unknown size: all value bits 1. */
function writeSize(target: Uint8Array, at: number, length: number, value: number | null): void {
  const marker = 0x80 >> (length - 1);
  if (value === null) {
    target.fill(0xff, at, at + length);
    target[at] = marker | (marker - 1);
  } else {
    writeBigEndian(target, at, length, value);
    target[at] = (target[at] ?? 0) | marker;
  }
}

function writeBigEndian(target: Uint8Array, at: number, length: number, value: number): void {
  let rest = value;
  for (let i = at + length - 1; i >= at; i--) {
    target[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}

/** Shortest big-endian form, at least one byte. */
function unsignedBytes(value: number | bigint): Uint8Array {
  if (typeof value === 'bigint') {
    const hex = value.toString(16);
    const evenHex = hex.length % 2 === 0 ? hex : `0${hex}`;
    return Uint8Array.from(evenHex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
  }
  let length = 1;
  while (value >= 256 ** length) length += 1;
  const bytes = new Uint8Array(length);
  writeBigEndian(bytes, 0, length, value);
  return bytes;
}

/** Short plain text needs no encoder, whose call costs more than the text. */
function textBytes(text: string): Uint8Array {
  if (text.length > PLAIN_TEXT_LENGTH_MAX) return utf8.encode(text);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) return utf8.encode(text);
    bytes[i] = code;
  }
  return bytes;
}

function isSafeUnsigned(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
