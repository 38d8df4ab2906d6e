import { readBlockHeader } from './block-header.ts';
import { BELIEVED_BYTES_MAX } from './element-size.ts';
import { ElementId } from './element-id.ts';
import type { Reading } from './reading.ts';

/**
 * Reads the SimpleBlock that begins here, if one chunk holds all of it and nothing is to be doubted: nearly every element
 * of a stream is one. False leaves all as it was, to be read step by step with the same outcome.
 */
export function readWholeBlock(reading: Reading): boolean {
  const { queue, masters, sink } = reading;
  const offset = queue.position;
  const { bytes, start, end } = queue.run(offset);
  if (start + 2 > end || bytes[start] !== ElementId.SimpleBlock || !masters.isInCluster) return false;
  const first = bytes[start + 1] ?? 0;
  const sizeBytes = Math.clz32(first) - 23;
  if (sizeBytes > 3 || sizeBytes > sink.sizeBytesMax || start + 1 + sizeBytes > end) return false;
  let contentBytes = first & (0xff >> sizeBytes);
  if (sizeBytes > 1) contentBytes = contentBytes * 256 + (bytes[start + 2] ?? 0);
  if (sizeBytes > 2) contentBytes = contentBytes * 256 + (bytes[start + 3] ?? 0);
  // All value bits set is the unknown size.
  if (contentBytes === 2 ** (7 * sizeBytes) - 1) return false;
  const contentAt = start + 1 + sizeBytes;
  const contentEnd = contentAt + contentBytes;
  const endOffset = offset + 1 + sizeBytes + contentBytes;
  if (contentEnd > end || endOffset > masters.endOffset) return false;
  if (contentBytes > BELIEVED_BYTES_MAX || contentBytes > reading.elementBytesMax) return false;
  const header = readBlockHeader(bytes, contentAt, contentEnd);
  if (header === undefined) return false;
  if (sink.isHolding && sink.trail.follows(header)) sink.confirm();
  const extent = { id: ElementId.SimpleBlock, offset, endOffset };
  reading.settle(extent, sink.simpleBlock(header, bytes, contentAt + header.headerBytes, contentEnd, extent));
  return true;
}
