const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Big-endian unsigned integer of 0 to 8 bytes; `undefined` when longer. An empty element is 0 (RFC 8794, section 7.2). */
export function readUnsigned(content: Uint8Array): bigint | undefined {
  if (content.length > 8) return undefined;
  let value = 0n;
  for (const byte of content) value = (value << 8n) | BigInt(byte);
  return value;
}

/** As `readUnsigned`, and `undefined` also beyond 2^53 - 1. */
export function readSafeUnsigned(content: Uint8Array): number | undefined {
  if (content.length > 8) return undefined;
  let value = 0;
  for (const byte of content) value = value * 256 + byte;
  return value <= Number.MAX_SAFE_INTEGER ? value : undefined;
}

/** Big-endian two's-complement integer of 0 to 8 bytes; `undefined` when longer (RFC 8794, section 7.1). */
export function readSigned(content: Uint8Array): bigint | undefined {
  const unsigned = readUnsigned(content);
  return unsigned === undefined ? undefined : BigInt.asIntN(content.length * 8, unsigned);
}

/** Float of 0, 4 or 8 bytes; `undefined` for any other length (RFC 8794, section 7.3). */
export function readFloat(content: Uint8Array): number | undefined {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  if (content.length === 0) return 0;
  if (content.length === 4) return view.getFloat32(0);
  if (content.length === 8) return view.getFloat64(0);
  return undefined;
}

/** Longest text read without a decoder, whose call costs more than the text. */
const PLAIN_TEXT_BYTES_MAX = 64;

/** UTF-8 up to the first NUL (RFC 8794, section 7.5); malformed sequences become U+FFFD. */
export function readText(content: Uint8Array): string {
  if (content.length <= PLAIN_TEXT_BYTES_MAX) {
    let text = '';
    let at = 0;
    for (; at < content.length; at++) {
      const byte = content[at] ?? 0;
      if (byte === 0) return text;
      if (byte > 0x7f) break;
      text += String.fromCharCode(byte);
    }
    if (at === content.length) return text;
  }
  const nulAt = content.indexOf(0);
  return utf8.decode(nulAt < 0 ? content : content.subarray(0, nulAt));
}
