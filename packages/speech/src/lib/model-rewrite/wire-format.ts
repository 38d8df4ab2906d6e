import { speechError } from '../speech-error.ts';

/** Protocol Buffers wire types; groups are not in ONNX files and are refused. */
export const WireType = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/**
 * One field as it stands in a file. `content` is its value without key and length: the varint itself, the fixed
 * bytes, the payload; or the payload opened by `openMessage`.
 */
export interface WireField {
  readonly number: number;
  readonly wireType: number;
  content: Uint8Array | WireMessage;
}

/** Fields in the order of the file, those nobody here knows among them. Change the list to change the message. */
export interface WireMessage {
  fields: WireField[];
}

const VARINT_BYTES_MAX = 10;
const FIXED_BYTES: Readonly<Record<number, number>> = { [WireType.fixed64]: 8, [WireType.fixed32]: 4 };

/** Splits a message into its fields, which share its memory. Throws `speech.model-corrupt` where it is none. */
export function readMessage(bytes: Uint8Array): WireMessage {
  const fields: WireField[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const key = readVarint(bytes, offset);
    const wireType = key.value % 8;
    const start = key.end + (wireType === WireType.bytes ? varintLength(bytes, key.end) : 0);
    const end = endOfContent(bytes, { start, wireType, keyEnd: key.end });
    if (end > bytes.length)
      throw corrupt(`a field at byte ${offset} ends ${end - bytes.length} bytes past its message`);
    fields.push({ number: Math.floor(key.value / 8), wireType, content: bytes.subarray(start, end) });
    offset = end;
  }
  return { fields };
}

function endOfContent(
  bytes: Uint8Array,
  field: { readonly start: number; readonly wireType: number; readonly keyEnd: number },
): number {
  if (field.wireType === WireType.varint) return field.start + varintLength(bytes, field.start);
  if (field.wireType === WireType.bytes) return field.start + readVarint(bytes, field.keyEnd).value;
  const fixed = FIXED_BYTES[field.wireType];
  if (fixed === undefined) throw corrupt(`wire type ${field.wireType} at byte ${field.keyEnd}`);
  return field.start + fixed;
}

/** The message inside a field; parsed once, so that changes to it are changes to what holds it. */
export function openMessage(field: WireField): WireMessage {
  if (!(field.content instanceof Uint8Array)) return field.content;
  if (field.wireType !== WireType.bytes) throw corrupt(`field ${field.number} holds no message`);
  field.content = readMessage(field.content);
  return field.content;
}

/** The bytes of a field that was not opened. */
export function rawContent(field: WireField): Uint8Array {
  if (field.content instanceof Uint8Array) return field.content;
  throw corrupt(`field ${field.number} is a message`);
}

/** Writes a message; one that was only read comes out byte for byte, if its keys and lengths were minimal. */
export function writeMessage(message: WireMessage): Uint8Array {
  const target = new Uint8Array(messageSize(message));
  writeFields(target, 0, message);
  return target;
}

function writeFields(target: Uint8Array, from: number, message: WireMessage): number {
  let offset = from;
  for (const { number, wireType, content } of message.fields) {
    offset = writeVarint(target, offset, number * 8 + wireType);
    const size = contentSize(content);
    if (wireType === WireType.bytes) offset = writeVarint(target, offset, size);
    if (content instanceof Uint8Array) target.set(content, offset);
    else writeFields(target, offset, content);
    offset += size;
  }
  return offset;
}

function messageSize(message: WireMessage): number {
  let size = 0;
  for (const { number, wireType, content } of message.fields) {
    const bytes = contentSize(content);
    size += varintSize(number * 8 + wireType) + bytes;
    if (wireType === WireType.bytes) size += varintSize(bytes);
  }
  return size;
}

function contentSize(content: Uint8Array | WireMessage): number {
  return content instanceof Uint8Array ? content.length : messageSize(content);
}

/** A whole number up to 2^53. Throws `speech.model-corrupt` for a longer one. */
export function readVarint(
  bytes: Uint8Array,
  offset: number,
): { readonly value: number; readonly end: number } {
  const length = varintLength(bytes, offset);
  let value = 0;
  for (let index = length - 1; index >= 0; index -= 1) {
    value = value * 128 + ((bytes[offset + index] ?? 0) & 0x7f);
  }
  if (!Number.isSafeInteger(value)) throw corrupt(`a number at byte ${offset} exceeds 2^53`);
  return { value, end: offset + length };
}

function varintLength(bytes: Uint8Array, offset: number): number {
  for (let length = 1; length <= VARINT_BYTES_MAX; length += 1) {
    const byte = bytes[offset + length - 1];
    if (byte === undefined) throw corrupt(`a number at byte ${offset} is cut off`);
    if (byte < 0x80) return length;
  }
  throw corrupt(`a number at byte ${offset} is longer than ${VARINT_BYTES_MAX} bytes`);
}

function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size += 1;
  return size;
}

function writeVarint(target: Uint8Array, from: number, value: number): number {
  let offset = from;
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) {
    target[offset] = (rest % 128) | 0x80;
    offset += 1;
  }
  target[offset] = rest;
  return offset + 1;
}

/** The bytes of a whole number from 0 on, as the content of a field of type varint. */
export function varint(value: number): Uint8Array {
  const target = new Uint8Array(varintSize(value));
  writeVarint(target, 0, value);
  return target;
}

export function corrupt(problem: string): Error {
  return speechError('speech.model-corrupt', `Cannot read model graph: ${problem}`);
}
