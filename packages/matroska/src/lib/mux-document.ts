import { ElementId } from './element-id.ts';
import { muxCluster, type MuxClusterOptions } from './mux-cluster.ts';
import { concatBytes, muxMaster, type MuxSize } from './mux-element.ts';
import { muxDocumentParts, type MuxHeaderOptions } from './mux-header.ts';
import { muxTags, type MuxTag } from './mux-tags.ts';

/** Header, Clusters and tags of a document that is made at once. */
export interface MuxDocumentOptions extends MuxHeaderOptions {
  readonly clusters: readonly MuxClusterOptions[];
  /** Written behind the last Cluster as one Tags element; none when empty. */
  readonly tagsAfterClusters?: readonly MuxTag[];
}

/**
 * A whole document in memory. `size` is that of Segment and Clusters: `known` for files, since some readers seek by it,
 * `unknown` as live streams have it. For long media write `muxHeader` and the Clusters as they come.
 */
export function muxDocument(
  options: MuxDocumentOptions,
  { size = 'known' }: { readonly size?: MuxSize } = {},
): Uint8Array {
  const { clusters, tagsAfterClusters = [] } = options;
  const { ebmlHeader, children } = muxDocumentParts(options);
  return concatBytes([
    ebmlHeader,
    muxMaster(
      ElementId.Segment,
      [
        ...children,
        ...clusters.map((cluster) => muxCluster(cluster, { size })),
        ...(tagsAfterClusters.length === 0 ? [] : [muxTags(tagsAfterClusters)]),
      ],
      size,
    ),
  ]);
}
