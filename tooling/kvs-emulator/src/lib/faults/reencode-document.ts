import { crc32 } from 'node:zlib';
import { ElementId, muxElement, muxMaster, type MuxSize } from '@earshot/matroska';
import { readElements, type WrittenElement } from './written-element.ts';
import type { EncodingFault } from './fragment-view.ts';

type Encoding = Omit<EncodingFault, 'kind' | 'fragments'>;

const VOID_BYTES = 37;
/** A leaf that must not be mistaken for anything it holds. */
const voidElement = muxElement(ElementId.Void, new Uint8Array(VOID_BYTES).fill(0xa3));

/** A document of ours written in another way that means the same. */
export function reencodeDocument(document: Uint8Array, encoding: Encoding): Uint8Array {
  return Buffer.concat(readElements(document).map((element) => write(element, encoding)));
}

function write(element: WrittenElement, encoding: Encoding): Uint8Array {
  const size: MuxSize = encoding.eightByteSizes === true ? 'known-8-bytes' : 'known';
  if (element.children === undefined) return writeLeaf(element, encoding, size);
  const children = element.children.map((child) => write(child, encoding));
  // The EBML header of version 1 documents takes Void and CRC-32 as any master does (RFC 8794, section 11.3).
  if (encoding.void === true) children.push(voidElement);
  const isUnknown = element.isUnknownSize && encoding.knownSizes !== true;
  if (encoding.crc32 === true && !isUnknown) children.unshift(checksum(children));
  return muxMaster(element.id, children, isUnknown ? 'unknown' : size);
}

function writeLeaf({ id, content }: WrittenElement, encoding: Encoding, size: MuxSize): Uint8Array {
  if (id !== ElementId.SimpleBlock || encoding.blockGroups !== true) return muxElement(id, content, size);
  return muxMaster(ElementId.BlockGroup, [muxElement(ElementId.Block, blockOf(content), size)], size);
}

/** The keyframe flag is one of SimpleBlock; in a Block its bit is reserved. Track numbers here take one byte. */
function blockOf(simpleBlock: Uint8Array): Uint8Array {
  const block = Uint8Array.from(simpleBlock);
  block[3] = (block[3] ?? 0) & 0x7f;
  return block;
}

/** Of everything that follows it in its master, least significant byte first (RFC 8794, section 11.3.1). */
function checksum(children: readonly Uint8Array[]): Uint8Array {
  const value = new Uint8Array(4);
  new DataView(value.buffer).setUint32(0, crc32(Buffer.concat(children)), true);
  return muxElement(ElementId.CRC32, value);
}
