import type { MatroskaProblemCode } from './matroska-error.ts';

/** A TrackEntry (RFC 9559, section 5.1.4.1). Optional fields are absent when their element is. */
export interface MatroskaTrack {
  readonly number: number;
  readonly uid?: bigint;
  /** 1 video, 2 audio, 17 subtitle; the rest in RFC 9559, section 5.1.4.1.3. */
  readonly trackType: number;
  readonly name?: string;
  /** As it is written (RFC 9559, section 5.1.4.1.19); where it is absent, the specification means `eng`. */
  readonly language?: string;
  /** Empty when the element is absent, which the specification forbids. */
  readonly codecId: string;
  readonly codecPrivate?: Uint8Array;
  readonly audio?: MatroskaAudio;
}

/** The Audio element of a track (RFC 9559, section 5.1.4.1.29); absent elements have the defaults of the specification. */
export interface MatroskaAudio {
  readonly samplingFrequencyHz: number;
  readonly channels: number;
  readonly bitDepth?: number;
}

/** A stream may hold documents one behind the other: each has its own info, tracks and tags. */
export interface DocumentStartEvent {
  readonly type: 'documentStart';
  /** 0 for the first document of the stream. */
  readonly document: number;
  /** Byte offset in the stream of the element that began the document: its EBML header unless that was lost. */
  readonly offset: number;
}

/** The Info element of a document (RFC 9559, section 5.1.2). Its texts are as they are written, and not to be trusted. */
export interface InfoEvent {
  readonly type: 'info';
  readonly timestampScaleNs: number;
  readonly title?: string;
  readonly muxingApp?: string;
  readonly writingApp?: string;
  /** Only where the document tells it; live ones do not. */
  readonly durationMs?: number;
  /** DateUTC, as milliseconds of the Unix epoch. */
  readonly dateMs?: number;
}

/** A track of the document, before the first block of it. */
export interface TrackEvent {
  readonly type: 'track';
  readonly track: MatroskaTrack;
}

/** One SimpleTag that has a TagString; nested ones follow their parent. */
export interface TagEvent {
  readonly type: 'tag';
  readonly name: string;
  readonly value: string;
  /** Relative to the first Cluster of the tag's document. */
  readonly position: 'before-cluster' | 'after-cluster';
}

/** A Cluster has begun: the blocks up to `clusterEnd` are its own. A live one is told before it is complete. */
export interface ClusterStartEvent {
  readonly type: 'clusterStart';
  /** In ticks of the document's TimestampScale. */
  readonly timestamp: number;
  readonly timestampMs: number;
}

/** A SimpleBlock, or the Block of a BlockGroup, with its frames apart (RFC 9559, section 10). */
export interface BlockEvent {
  readonly type: 'block';
  readonly trackNumber: number;
  /** Absolute: (Cluster timestamp + block timestamp) × TimestampScale. */
  readonly timestampMs: number;
  /** Only for a BlockGroup that tells its duration. */
  readonly durationMs?: number;
  /** What to cut off the decoded audio: from its end, or where negative from its start. Only in a BlockGroup. */
  readonly discardPaddingNs?: number;
  readonly keyframe: boolean;
  /** Views of the bytes written where one chunk held the block, otherwise of one copy; several when laced. */
  readonly frames: readonly Uint8Array[];
}

/** The end of the Cluster: by its size, by what follows one of unknown size, or by the end of the stream. */
export interface ClusterEndEvent {
  readonly type: 'clusterEnd';
}

/** Nothing follows of the document with this number. */
export interface DocumentEndEvent {
  readonly type: 'documentEnd';
  readonly document: number;
}

/** Something in the bytes that could not be read. Reading goes on with the next sound element. */
export interface ProblemEvent {
  readonly type: 'problem';
  readonly code: MatroskaProblemCode;
  /** Byte offset in the stream where reading failed. */
  readonly offset: number;
  readonly message: string;
  /** Bytes from `offset` that were passed over; absent when that is not known yet. */
  readonly skippedBytes?: number;
}

/** What a stream says, in its order. Branch on `type`. */
export type MatroskaEvent =
  | DocumentStartEvent
  | InfoEvent
  | TrackEvent
  | TagEvent
  | ClusterStartEvent
  | BlockEvent
  | ClusterEndEvent
  | DocumentEndEvent
  | ProblemEvent;

export type ProblemReport = Omit<ProblemEvent, 'type'>;

/** Takes what could not be read. */
export interface ProblemSink {
  problem(problem: ProblemReport): void;
}
