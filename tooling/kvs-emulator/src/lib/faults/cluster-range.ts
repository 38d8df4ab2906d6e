import { ElementId } from '@earshot/matroska';
import type { ByteRange } from './damage.ts';
import { readElements } from './written-element.ts';

/** Where the Cluster of a sound document stands, its own header included. */
export function clusterRange(document: Uint8Array): ByteRange {
  const segment = readElements(document).find(({ id }) => id === ElementId.Segment);
  const cluster = segment?.children?.find(({ id }) => id === ElementId.Cluster);
  return cluster === undefined
    ? { at: 0, end: document.length }
    : { at: cluster.offset, end: cluster.endOffset };
}
