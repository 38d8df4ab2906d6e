import type { ByteQueue } from './byte-queue.ts';
import { ELEMENT_HEADER_BYTES_MAX, readElementHeader } from './element-header.ts';
import { ElementId } from './element-id.ts';

const FIRST_ID_BYTE = ElementId.Tags >>> 24;

/**
 * Whether the bytes from `from` to `to`, which were read as a block, end in whole Tags elements.
 * Where as many bytes are missing from a Cluster's last block as those Tags have, it ends exactly where another element
 * begins, and nothing behind it shows that.
 */
export function endsInTags(queue: ByteQueue, from: number, to: number): boolean {
  let offset = from + 1;
  while (offset < to) {
    const { bytes, start, end } = queue.run(offset);
    const stop = Math.min(end, start + to - offset);
    if (stop <= start) return false;
    const at = bytes.indexOf(FIRST_ID_BYTE, start);
    if (at < 0 || at >= stop) {
      offset += stop - start;
      continue;
    }
    offset += at - start;
    if (areTags(queue, offset, to)) return true;
    offset += 1;
  }
  return false;
}

function areTags(queue: ByteQueue, from: number, to: number): boolean {
  let at = from;
  while (at < to) {
    const window = queue.window(at, Math.min(ELEMENT_HEADER_BYTES_MAX, to - at));
    const header = readElementHeader(window.bytes, window.start, window.end);
    if (typeof header === 'string' || header.id !== ElementId.Tags) return false;
    at += header.headerBytes + header.contentBytes;
  }
  return at === to;
}
