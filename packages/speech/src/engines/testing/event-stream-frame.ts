import { crc32 } from 'node:zlib';

/** A frame of `application/vnd.amazon.eventstream`; written apart from the SDK's codec, so as to check it. */
export interface EventStreamFrame {
  /** String headers; those of other types are left out. */
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Buffer;
}

const PRELUDE_BYTES = 12;
const CRC_BYTES = 4;
const STRING_TYPE = 7;
const FRAME_BYTES_MAX = 16 * 1024 * 1024;
/** Bytes of a header value by its type; types 6 and 7 carry their length. */
const fixedBytes: Readonly<Record<number, number>> = { 0: 0, 1: 0, 2: 1, 3: 2, 4: 4, 5: 8, 8: 8, 9: 16 };

export function encodeFrame(frame: EventStreamFrame): Buffer {
  const headers = Buffer.concat(
    Object.entries(frame.headers).map(([name, value]) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(Buffer.byteLength(value));
      return Buffer.concat([
        Buffer.from([Buffer.byteLength(name)]),
        Buffer.from(name),
        Buffer.from([STRING_TYPE]),
        length,
        Buffer.from(value),
      ]);
    }),
  );
  const total = PRELUDE_BYTES + headers.length + frame.payload.length + CRC_BYTES;
  const bytes = Buffer.alloc(total);
  bytes.writeUInt32BE(total, 0);
  bytes.writeUInt32BE(headers.length, 4);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 8)), 8);
  headers.copy(bytes, PRELUDE_BYTES);
  frame.payload.copy(bytes, PRELUDE_BYTES + headers.length);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, total - CRC_BYTES)), total - CRC_BYTES);
  return bytes;
}

/** Throws on a frame whose lengths or checksums are wrong. */
export function decodeFrame(bytes: Buffer): EventStreamFrame {
  const total = bytes.readUInt32BE(0);
  const headersEnd = PRELUDE_BYTES + bytes.readUInt32BE(4);
  if (total !== bytes.length) throw new Error(`Cannot read frame: ${bytes.length} bytes, want ${total}`);
  if (bytes.readUInt32BE(8) !== crc32(bytes.subarray(0, 8)))
    throw new Error('Cannot read frame: prelude checksum');
  const end = total - CRC_BYTES;
  if (bytes.readUInt32BE(end) !== crc32(bytes.subarray(0, end)))
    throw new Error('Cannot read frame: checksum');
  const headers: Record<string, string> = {};
  for (let offset = PRELUDE_BYTES; offset < headersEnd;) {
    const nameEnd = offset + 1 + bytes.readUInt8(offset);
    const type = bytes.readUInt8(nameEnd);
    const fixed = fixedBytes[type];
    const valueStart = nameEnd + (fixed === undefined ? 3 : 1);
    const valueEnd = valueStart + (fixed ?? bytes.readUInt16BE(nameEnd + 1));
    if (type === STRING_TYPE) {
      headers[bytes.toString('utf8', offset + 1, nameEnd)] = bytes.toString('utf8', valueStart, valueEnd);
    }
    offset = valueEnd;
  }
  return { headers, payload: Buffer.from(bytes.subarray(headersEnd, end)) };
}

/** Frames of a byte stream, wherever it is cut into chunks. */
export async function* decodeFrames(source: AsyncIterable<Buffer>): AsyncGenerator<EventStreamFrame> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= rest.readUInt32BE(0)) {
      const total = rest.readUInt32BE(0);
      if (total > FRAME_BYTES_MAX)
        throw new Error(`Cannot read frame: ${total} bytes, limit ${FRAME_BYTES_MAX}`);
      yield decodeFrame(rest.subarray(0, total));
      rest = rest.subarray(total);
    }
  }
}
