/** Element ids by their RFC 9559 / RFC 8794 names, marker bits included, as they stand in the stream. */
export const ElementId = {
  EBML: 0x1a45dfa3,
  EBMLVersion: 0x4286,
  EBMLReadVersion: 0x42f7,
  EBMLMaxIDLength: 0x42f2,
  EBMLMaxSizeLength: 0x42f3,
  DocType: 0x4282,
  DocTypeVersion: 0x4287,
  DocTypeReadVersion: 0x4285,
  DocTypeExtension: 0x4281,
  CRC32: 0xbf,
  Void: 0xec,

  Segment: 0x18538067,
  SeekHead: 0x114d9b74,
  Info: 0x1549a966,
  Tracks: 0x1654ae6b,
  Cluster: 0x1f43b675,
  Cues: 0x1c53bb6b,
  Attachments: 0x1941a469,
  Chapters: 0x1043a770,
  Tags: 0x1254c367,

  Seek: 0x4dbb,
  SeekID: 0x53ab,
  SeekPosition: 0x53ac,

  CuePoint: 0xbb,
  CueTime: 0xb3,
  CueTrackPositions: 0xb7,
  CueTrack: 0xf7,
  CueClusterPosition: 0xf1,

  SegmentUUID: 0x73a4,
  TimestampScale: 0x2ad7b1,
  Title: 0x7ba9,
  MuxingApp: 0x4d80,
  WritingApp: 0x5741,
  Duration: 0x4489,
  DateUTC: 0x4461,

  TrackEntry: 0xae,
  TrackNumber: 0xd7,
  TrackUID: 0x73c5,
  TrackType: 0x83,
  Name: 0x536e,
  CodecID: 0x86,
  CodecPrivate: 0x63a2,
  ContentEncodings: 0x6d80,
  ContentEncoding: 0x6240,
  ContentEncodingOrder: 0x5031,
  ContentEncodingScope: 0x5032,
  ContentEncodingType: 0x5033,
  ContentCompression: 0x5034,
  ContentCompAlgo: 0x4254,
  ContentCompSettings: 0x4255,
  Language: 0x22b59c,
  LanguageBCP47: 0x22b59d,
  FlagDefault: 0x88,
  Audio: 0xe1,
  SamplingFrequency: 0xb5,
  Channels: 0x9f,
  BitDepth: 0x6264,

  Timestamp: 0xe7,
  Position: 0xa7,
  PrevSize: 0xab,
  SimpleBlock: 0xa3,
  BlockGroup: 0xa0,
  Block: 0xa1,
  BlockDuration: 0x9b,
  ReferenceBlock: 0xfb,
  DiscardPadding: 0x75a2,

  Tag: 0x7373,
  Targets: 0x63c0,
  SimpleTag: 0x67c8,
  TagName: 0x45a3,
  TagString: 0x4487,
  TagBinary: 0x4485,
} as const;

const nameById = new Map<number, string>(Object.entries(ElementId).map(([name, id]) => [id, name]));

/** The specification's name, or the id in hexadecimal for an element this reader does not know. */
export function elementName(id: number): string {
  return nameById.get(id) ?? `element 0x${id.toString(16)}`;
}

/**
 * Depth at which an element may stand: 0 EBML header, 1 Segment, 2 child of Segment, 3 child of Cluster.
 * Absent for elements that may stand anywhere (Void, CRC-32) and for those that never stand at these depths.
 */
const depthById = new Map<number, number>([
  [ElementId.EBML, 0],
  [ElementId.Segment, 1],
  [ElementId.SeekHead, 2],
  [ElementId.Info, 2],
  [ElementId.Tracks, 2],
  [ElementId.Cluster, 2],
  [ElementId.Cues, 2],
  [ElementId.Attachments, 2],
  [ElementId.Chapters, 2],
  [ElementId.Tags, 2],
  [ElementId.Timestamp, 3],
  [ElementId.Position, 3],
  [ElementId.PrevSize, 3],
  [ElementId.SimpleBlock, 3],
  [ElementId.BlockGroup, 3],
]);

export function elementDepth(id: number): number | undefined {
  return depthById.get(id);
}

/** Void and CRC-32 may stand in every master (RFC 8794, section 11.3). */
export function isGlobalElement(id: number): boolean {
  return id === ElementId.Void || id === ElementId.CRC32;
}

/** Ids of 4 bytes at the depths of Segment and its children: noise does not have them, so what led here was right. */
export function isProof(id: number): boolean {
  const depth = depthById.get(id);
  return depth !== undefined && depth < 3;
}

/** Longest content an element of few bytes may have; noise rarely keeps to it. `Infinity` for the others. */
export function contentBytesLimit(id: number): number {
  return contentBytesLimits.get(id) ?? Infinity;
}

const contentBytesLimits = new Map<number, number>([
  [ElementId.CRC32, 4],
  [ElementId.Timestamp, 8],
  [ElementId.Position, 8],
  [ElementId.PrevSize, 8],
  // An EBML header is some 40 bytes; one that claims more than this is damage.
  [ElementId.EBML, 4096],
]);

/** Elements this reader takes whole before it looks inside; everything else is entered or skipped. */
export function isReadWhole(id: number): boolean {
  return wholeIds.has(id);
}

/** True for an element that this reader does not use and that stands for nothing but room: noise often looks like one. */
export function isFiller(id: number): boolean {
  return depthById.get(id) === undefined;
}

const wholeIds = new Set<number>([
  ElementId.EBML,
  ElementId.Info,
  ElementId.Tracks,
  ElementId.Tags,
  ElementId.Timestamp,
  ElementId.SimpleBlock,
  ElementId.BlockGroup,
]);

/** Elements that hold elements, as far as this reader knows them; a CRC-32 may stand first in each. */
export function isMaster(id: number): boolean {
  return masterIds.has(id);
}

const masterIds = new Set<number>([
  ElementId.EBML,
  ElementId.Segment,
  ElementId.SeekHead,
  ElementId.Seek,
  ElementId.Info,
  ElementId.Tracks,
  ElementId.TrackEntry,
  ElementId.Audio,
  ElementId.ContentEncodings,
  ElementId.ContentEncoding,
  ElementId.ContentCompression,
  ElementId.Cluster,
  ElementId.BlockGroup,
  ElementId.Cues,
  ElementId.CuePoint,
  ElementId.CueTrackPositions,
  ElementId.Attachments,
  ElementId.Chapters,
  ElementId.Tags,
  ElementId.Tag,
  ElementId.Targets,
  ElementId.SimpleTag,
]);

/** Bytes that an id takes in the stream. */
export function idBytes(id: number): number {
  if (id > 0xff_ffff) return 4;
  if (id > 0xffff) return 3;
  return id > 0xff ? 2 : 1;
}
