import { ElementId } from '@earshot/matroska';

/** An element of a document that this emulator wrote itself. */
export interface WrittenElement {
  readonly id: number;
  readonly isUnknownSize: boolean;
  /** Absent for a leaf. */
  readonly children?: readonly WrittenElement[];
  readonly content: Uint8Array;
  readonly offset: number;
  readonly endOffset: number;
}

const MASTERS: ReadonlySet<number> = new Set([
  ElementId.EBML,
  ElementId.Segment,
  ElementId.Info,
  ElementId.Tracks,
  ElementId.TrackEntry,
  ElementId.Audio,
  ElementId.Tags,
  ElementId.Tag,
  ElementId.Targets,
  ElementId.SimpleTag,
  ElementId.Cluster,
]);

/** Only Tags follow a Cluster of unknown size here, and nothing a Segment. */
const CLUSTER_CHILDREN: ReadonlySet<number> = new Set([
  ElementId.Void,
  ElementId.BlockGroup,
  ElementId.Timestamp,
  ElementId.Position,
  ElementId.SimpleBlock,
]);

/** The elements of a sound document; not a reader of other people's bytes. */
export function readElements(
  bytes: Uint8Array,
  from = 0,
  end = bytes.length,
  isChild: (id: number) => boolean = () => true,
): WrittenElement[] {
  const elements: WrittenElement[] = [];
  for (let at = from; at < end;) {
    const { id, contentAt, contentEnd } = readHeader(bytes, at);
    if (!isChild(id)) break;
    const element = readElement(bytes, { id, offset: at, contentAt, contentEnd }, end);
    elements.push(element);
    at = element.endOffset;
  }
  return elements;
}

interface Header {
  readonly id: number;
  readonly offset: number;
  readonly contentAt: number;
  /** `undefined`: unknown size. */
  readonly contentEnd: number | undefined;
}

function readElement(
  bytes: Uint8Array,
  { id, offset, contentAt, contentEnd }: Header,
  parentEnd: number,
): WrittenElement {
  const isUnknownSize = contentEnd === undefined;
  const isClusterOpen = isUnknownSize && id === ElementId.Cluster;
  const children = MASTERS.has(id)
    ? readElements(bytes, contentAt, contentEnd ?? parentEnd, (child) => {
        return !isClusterOpen || CLUSTER_CHILDREN.has(child);
      })
    : undefined;
  const endOffset = contentEnd ?? children?.at(-1)?.endOffset ?? contentAt;
  const content = bytes.subarray(contentAt, endOffset);
  return { id, isUnknownSize, content, offset, endOffset, ...(children === undefined ? {} : { children }) };
}

function readHeader(bytes: Uint8Array, at: number): Omit<Header, 'offset'> {
  const sizeAt = at + vintBytes(bytes, at);
  const contentAt = sizeAt + vintBytes(bytes, sizeAt);
  const mask = 2 ** (8 - (contentAt - sizeAt)) - 1;
  const first = (bytes[sizeAt] ?? 0) & mask;
  const rest = bytes.subarray(sizeAt + 1, contentAt);
  const isUnknown = first === mask && rest.every((byte) => byte === 0xff);
  const size = bigEndian(rest, first);
  return {
    id: bigEndian(bytes.subarray(at, sizeAt), 0),
    contentAt,
    contentEnd: isUnknown ? undefined : contentAt + size,
  };
}

function vintBytes(bytes: Uint8Array, at: number): number {
  return Math.clz32(bytes[at] ?? 0) - 23;
}

function bigEndian(bytes: Uint8Array, high: number): number {
  return bytes.reduce((value, byte) => value * 256 + byte, high);
}
