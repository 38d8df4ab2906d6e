import { ElementId } from './element-id.ts';
import {
  concatBytes,
  muxDate,
  muxElement,
  muxFloat,
  muxMaster,
  muxOpenMaster,
  muxText,
  muxUnsigned,
} from './mux-element.ts';
import { muxTags, type MuxTag } from './mux-tags.ts';
import { TIMESTAMP_SCALE_NS_DEFAULT } from './segment-info.ts';

/** A TrackEntry to be written (RFC 9559, section 5.1.4.1). */
export interface MuxTrack {
  /** 1 or more. */
  readonly number: number;
  /** Default: the track's number. */
  readonly uid?: bigint;
  readonly name?: string;
  /** 1 video, 2 audio, 17 subtitle (RFC 9559, section 5.1.4.1.3). */
  readonly trackType: number;
  readonly codecId: string;
  readonly codecPrivate?: Uint8Array;
  /** ISO 639-2, three letters. Left out, readers take it for `eng`. */
  readonly language?: string;
  /** BCP 47, for example `en-US`; readers that know it prefer it to `language`. */
  readonly languageTag?: string;
  /** Whether players choose it by themselves. Left out, they take it for true. */
  readonly isDefault?: boolean;
  /** Left out, no Audio element is written, as Amazon Connect does. */
  readonly audio?: {
    readonly samplingFrequencyHz: number;
    readonly channels: number;
    readonly bitDepth?: number;
  };
}

/** What stands before the first Cluster. */
export interface MuxHeaderOptions {
  readonly tracks: readonly MuxTrack[];
  /** Nanoseconds a tick. Default 1000000, one millisecond. */
  readonly timestampScaleNs?: number;
  /** Default `earshot`. */
  readonly muxingApp?: string;
  /** Default: as `muxingApp`. */
  readonly writingApp?: string;
  readonly title?: string;
  /** DateUTC, as milliseconds of the Unix epoch. */
  readonly dateMs?: number;
  /** Of the whole document; left out, none is written, as live streams have it. */
  readonly durationTicks?: number;
  /** 16 bytes. */
  readonly segmentUid?: Uint8Array;
  /** Default `matroska`. */
  readonly docType?: 'matroska' | 'webm';
  /** Written behind Tracks as one Tags element; none when empty. */
  readonly tagsBeforeCluster?: readonly MuxTag[];
}

/**
 * The beginning of a document: EBML header, Segment of unknown size, Info, Tracks.
 * Clusters and Tags follow as they come; the next `muxHeader` ends the document.
 */
export function muxHeader(options: MuxHeaderOptions): Uint8Array {
  const { ebmlHeader, children } = muxDocumentParts(options);
  return concatBytes([ebmlHeader, muxOpenMaster(ElementId.Segment), ...children]);
}

/** What stands before the Segment, and what stands in it before the first Cluster. */
export function muxDocumentParts(options: MuxHeaderOptions): {
  readonly ebmlHeader: Uint8Array;
  readonly children: readonly Uint8Array[];
} {
  const { tagsBeforeCluster = [] } = options;
  return {
    ebmlHeader: muxEbmlHeader(options.docType ?? 'matroska', docTypeVersion(options)),
    children: [
      muxInfo(options),
      muxMaster(ElementId.Tracks, options.tracks.map(muxTrackEntry)),
      ...(tagsBeforeCluster.length === 0 ? [] : [muxTags(tagsBeforeCluster)]),
    ],
  };
}

/** LanguageBCP47 came with version 4; readers of version 2 pass over it. */
function docTypeVersion({ tracks }: MuxHeaderOptions): number {
  return tracks.some(({ languageTag }) => languageTag !== undefined) ? 4 : 2;
}

export function muxEbmlHeader(docType: string, version = 2): Uint8Array {
  return muxMaster(ElementId.EBML, [
    muxUnsigned(ElementId.EBMLVersion, 1),
    muxUnsigned(ElementId.EBMLReadVersion, 1),
    muxUnsigned(ElementId.EBMLMaxIDLength, 4),
    muxUnsigned(ElementId.EBMLMaxSizeLength, 8),
    muxText(ElementId.DocType, docType),
    muxUnsigned(ElementId.DocTypeVersion, version),
    muxUnsigned(ElementId.DocTypeReadVersion, 2),
  ]);
}

function muxInfo(options: MuxHeaderOptions): Uint8Array {
  const { muxingApp = 'earshot', writingApp = muxingApp, durationTicks, segmentUid, title, dateMs } = options;
  return muxMaster(ElementId.Info, [
    ...(segmentUid === undefined ? [] : [muxElement(ElementId.SegmentUUID, segmentUid)]),
    muxUnsigned(ElementId.TimestampScale, options.timestampScaleNs ?? TIMESTAMP_SCALE_NS_DEFAULT),
    ...(title === undefined ? [] : [muxText(ElementId.Title, title)]),
    muxText(ElementId.MuxingApp, muxingApp),
    muxText(ElementId.WritingApp, writingApp),
    ...(durationTicks === undefined ? [] : [muxFloat(ElementId.Duration, durationTicks)]),
    ...(dateMs === undefined ? [] : [muxDate(ElementId.DateUTC, dateMs)]),
  ]);
}

function muxTrackEntry(track: MuxTrack): Uint8Array {
  const { audio, codecPrivate, isDefault, language, languageTag, name } = track;
  return muxMaster(ElementId.TrackEntry, [
    muxUnsigned(ElementId.TrackNumber, track.number),
    muxUnsigned(ElementId.TrackUID, track.uid ?? track.number),
    muxUnsigned(ElementId.TrackType, track.trackType),
    ...(isDefault === undefined ? [] : [muxUnsigned(ElementId.FlagDefault, isDefault ? 1 : 0)]),
    ...(name === undefined ? [] : [muxText(ElementId.Name, name)]),
    ...(language === undefined ? [] : [muxText(ElementId.Language, language)]),
    ...(languageTag === undefined ? [] : [muxText(ElementId.LanguageBCP47, languageTag)]),
    muxText(ElementId.CodecID, track.codecId),
    ...(codecPrivate === undefined ? [] : [muxElement(ElementId.CodecPrivate, codecPrivate)]),
    ...(audio === undefined ? [] : [muxAudio(audio)]),
  ]);
}

function muxAudio(audio: NonNullable<MuxTrack['audio']>): Uint8Array {
  return muxMaster(ElementId.Audio, [
    muxFloat(ElementId.SamplingFrequency, audio.samplingFrequencyHz),
    muxUnsigned(ElementId.Channels, audio.channels),
    ...(audio.bitDepth === undefined ? [] : [muxUnsigned(ElementId.BitDepth, audio.bitDepth)]),
  ]);
}
