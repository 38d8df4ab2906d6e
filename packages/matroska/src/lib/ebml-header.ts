import { ElementId } from './element-id.ts';
import { readSafeUnsigned, readText } from './element-value.ts';
import { visitChildren } from './master-children.ts';

/** Longest element size RFC 8794 and this reader know. */
export const SIZE_BYTES_MAX_DEFAULT = 8;
const ID_BYTES_MAX = 4;
const READ_VERSION = 1;

export interface EbmlHeader {
  /** Sizes of more bytes are damage (EBMLMaxSizeLength, RFC 8794, section 11.2.5). */
  readonly sizeBytesMax: number;
  /** What of the document this reader cannot rely on; goes into problems' messages. */
  readonly doubts: readonly string[];
}

/** RFC 8794, section 11.2, and what RFC 9559, section 5.1 makes of it. */
export function readEbmlHeader(content: Uint8Array): EbmlHeader {
  let sizeBytesMax = SIZE_BYTES_MAX_DEFAULT;
  const doubts: string[] = [];
  visitChildren(content, ({ id, content: value }) => {
    if (id === ElementId.DocType) {
      const docType = readText(value);
      if (docType === 'matroska' || docType === 'webm') return;
      doubts.push(`DocType is ${JSON.stringify(docType.slice(0, 32))}, not matroska or webm`);
    }
    // An empty element has its default.
    const number = value.length === 0 ? undefined : (readSafeUnsigned(value) ?? Infinity);
    if (number === undefined) return;
    if (id === ElementId.EBMLReadVersion && number !== READ_VERSION)
      doubts.push(`EBMLReadVersion is ${number}, not ${READ_VERSION}`);
    if (id === ElementId.EBMLMaxIDLength && number !== ID_BYTES_MAX)
      doubts.push(`EBMLMaxIDLength is ${number}, not ${ID_BYTES_MAX}`);
    if (id === ElementId.EBMLMaxSizeLength) {
      if (number >= 1 && number <= SIZE_BYTES_MAX_DEFAULT) sizeBytesMax = number;
      else doubts.push(`EBMLMaxSizeLength is ${number}, not 1 to ${SIZE_BYTES_MAX_DEFAULT}`);
    }
  });
  return { sizeBytesMax, doubts };
}
