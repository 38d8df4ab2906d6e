import type { ElementHeader } from './element-header.ts';
import { contentBytesLimit, ElementId, idBytes } from './element-id.ts';
import type { OpenMasters, Placement } from './open-masters.ts';

/**
 * Up to this size an element in a master of unknown size is believed and, if what follows proves it wrong, read again.
 * A larger one is searched for the start of another document or Cluster while it arrives.
 */
export const BELIEVED_BYTES_MAX = 65_536;

/** Segment and Cluster are entered; they alone may be of unknown size (RFC 9559, section 4.5). */
export function isEntered(id: number): boolean {
  return id === ElementId.Segment || id === ElementId.Cluster;
}

/** Why an element with this header cannot stand at `offset`; `undefined` when it can. */
export function refusal(
  header: ElementHeader,
  offset: number,
  placement: Placement,
  masters: OpenMasters,
  sizeBytesMax: number,
): string | undefined {
  const { id, contentBytes, headerBytes } = header;
  if (placement === 'outside-document') return 'it stands outside a document';
  const sizeBytes = headerBytes - idBytes(id);
  // The EBML header itself may exceed the document's limit, whose document it is not part of.
  if (sizeBytes > sizeBytesMax && id !== ElementId.EBML)
    return `its size takes ${sizeBytes} bytes, more than EBMLMaxSizeLength ${sizeBytesMax}`;
  if (contentBytes === Infinity) return isEntered(id) ? undefined : 'its size must not be unknown';
  const excessBytes = offset + headerBytes + contentBytes - masters.endOffset;
  if (excessBytes > 0) return `it ends ${excessBytes} bytes after its parent`;
  const limitBytes = contentBytesLimit(id);
  if (contentBytes > limitBytes)
    return `element size ${contentBytes} bytes exceeds limit ${limitBytes} bytes`;
  const isUnbelievable = placement !== 'known' && !masters.isBounded && contentBytes > BELIEVED_BYTES_MAX;
  return isUnbelievable ? 'it is too large to be believed where it stands' : undefined;
}
