import type { ElementHeader } from './element-header.ts';
import { isFiller, isProof, isReadWhole } from './element-id.ts';
import { BELIEVED_BYTES_MAX, isEntered } from './element-size.ts';
import type { Placement } from './open-masters.ts';

/** An element whose header was read and whose content is awaited. */
export interface PendingElement {
  readonly id: number;
  readonly offset: number;
  readonly contentBytes: number;
  readonly endOffset: number;
  /** It is to be held in memory, but may not be. */
  readonly isTooLarge: boolean;
  readonly isReadWhole: boolean;
  /** Passed over as it arrives, so that it cannot be gone back over. */
  readonly isStreamed: boolean;
  /** Noise often looks like this one. */
  readonly isDoubtful: boolean;
  /** Its size is vouched for by its master's, or small; otherwise the next sound element is looked for inside it. */
  readonly isBelieved: boolean;
}

export function pendingElement(
  { id, contentBytes, headerBytes }: ElementHeader,
  offset: number,
  placement: Placement,
  { isBounded, elementBytesMax }: { readonly isBounded: boolean; readonly elementBytesMax: number },
): PendingElement {
  const isDoubtful = placement !== 'known' || isFiller(id);
  const isTooLarge = !isDoubtful && isReadWhole(id) && contentBytes > elementBytesMax;
  const isTakenWhole = isReadWhole(id) && !isDoubtful && !isTooLarge;
  return {
    id,
    offset,
    contentBytes,
    endOffset: offset + headerBytes + contentBytes,
    isTooLarge,
    isReadWhole: isTakenWhole,
    isStreamed: !isTakenWhole && contentBytes > BELIEVED_BYTES_MAX,
    isDoubtful,
    isBelieved: isBounded || (contentBytes <= BELIEVED_BYTES_MAX && !isDoubtful),
  };
}

/** Behind a block that is held, an element of noise above the limit is damage; ids of 4 bytes are not noise. */
export function isClaimInDoubt({ id, contentBytes }: ElementHeader, elementBytesMax: number): boolean {
  return contentBytes > elementBytesMax && isReadWhole(id) && !isProof(id) && !isEntered(id);
}
