import { crc32 } from 'node:zlib';
import { readElementHeader } from './element-header.ts';
import { ElementId } from './element-id.ts';

const CRC_BYTES = 4;
/** Longest CRC-32 element: an id of 1 byte, a size of 8, the value. */
const CRC_ELEMENT_BYTES_MAX = 13;

export type CrcVerdict = 'none' | 'match' | 'mismatch';

/**
 * Compares a master's data with the CRC-32 element that stands first in it (RFC 8794, section 11.3.1: the CRC of IEEE 802.3,
 * little-endian, over all data of the master behind the CRC-32 element). The data may come in any pieces.
 */
export class CrcCheck {
  readonly #start = new Uint8Array(CRC_ELEMENT_BYTES_MAX);
  #startBytes = 0;
  /** `undefined` until the first child was seen, `null` when it is no CRC-32. */
  #expected: number | null | undefined;
  #value = 0;

  feed(data: Uint8Array): void {
    let rest = data;
    if (this.#expected === undefined) {
      const taken = Math.min(CRC_ELEMENT_BYTES_MAX - this.#startBytes, data.length);
      this.#start.set(data.subarray(0, taken), this.#startBytes);
      this.#startBytes += taken;
      if (this.#startBytes < CRC_ELEMENT_BYTES_MAX) return;
      this.#readStart();
      rest = data.subarray(taken);
    }
    if (this.#expected !== null) this.#value = crc32(rest, this.#value);
  }

  /** To be asked once, when all data was fed. */
  verdict(): CrcVerdict {
    if (this.#expected === undefined) this.#readStart();
    if (this.#expected === null) return 'none';
    return this.#expected === this.#value ? 'match' : 'mismatch';
  }

  #readStart(): void {
    const start = this.#start.subarray(0, this.#startBytes);
    const header = readElementHeader(start, 0, start.length);
    this.#expected = null;
    if (typeof header === 'string' || header.id !== ElementId.CRC32 || header.contentBytes !== CRC_BYTES)
      return;
    const crcEnd = header.headerBytes + CRC_BYTES;
    if (crcEnd > start.length) return;
    this.#expected = new DataView(start.buffer).getUint32(header.headerBytes, true);
    this.#value = crc32(start.subarray(crcEnd));
  }
}
