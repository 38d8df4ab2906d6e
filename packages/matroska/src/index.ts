export { demux } from './lib/demux.ts';
export { Demuxer, type DemuxerOptions } from './lib/demuxer.ts';
export { ElementId, elementName } from './lib/element-id.ts';
export {
  isMatroskaError,
  MatroskaError,
  type MatroskaErrorCode,
  type MatroskaMisuseCode,
  type MatroskaProblemCode,
} from './lib/matroska-error.ts';
export {
  type BlockEvent,
  type ClusterEndEvent,
  type ClusterStartEvent,
  type DocumentEndEvent,
  type DocumentStartEvent,
  type InfoEvent,
  type MatroskaAudio,
  type MatroskaEvent,
  type MatroskaTrack,
  type ProblemEvent,
  type TagEvent,
  type TrackEvent,
} from './lib/matroska-event.ts';
export {
  muxBlockGroup,
  muxCluster,
  muxClusterStart,
  muxCue,
  muxSimpleBlock,
  type MuxBlockGroup,
  type MuxClusterOptions,
  type MuxCue,
  type MuxSimpleBlock,
} from './lib/mux-cluster.ts';
export { muxDocument, type MuxDocumentOptions } from './lib/mux-document.ts';
export { muxElement, muxMaster, muxMasterStart, muxOpenMaster, type MuxSize } from './lib/mux-element.ts';
export { muxDocumentParts, muxHeader, type MuxHeaderOptions, type MuxTrack } from './lib/mux-header.ts';
export { muxCues, muxSeekHead, muxVoid, type MuxCuePoint, type MuxSeek } from './lib/mux-index.ts';
export { muxTags, type MuxTag } from './lib/mux-tags.ts';
export { pcmTrack, subtitleTrack, type MuxPcmTrack, type MuxSubtitleTrack } from './lib/mux-track.ts';
