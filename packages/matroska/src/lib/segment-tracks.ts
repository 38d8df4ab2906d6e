import { readContentEncodings, type ContentEncodings, type FrameDecoder } from './content-encoding.ts';
import { ElementId } from './element-id.ts';
import { readFloat, readSafeUnsigned, readText, readUnsigned } from './element-value.ts';
import { visitChildren } from './master-children.ts';
import type { MatroskaAudio, MatroskaTrack } from './matroska-event.ts';

/** Of a CodecPrivate that was compressed. */
const CODEC_PRIVATE_BYTES_MAX = 1_048_576;

export interface TracksContent {
  readonly tracks: readonly MatroskaTrack[];
  /** What the container did to the frames of tracks, by track number; absent where it did nothing. */
  readonly frameEncodings: ReadonlyMap<number, FrameDecoder | string>;
  /** False when an entry, or part of one, could not be read. */
  readonly isWhole: boolean;
}

/** RFC 9559, section 5.1.4. */
export function readTracks(content: Uint8Array): TracksContent {
  const tracks: MatroskaTrack[] = [];
  const frameEncodings = new Map<number, FrameDecoder | string>();
  let areEntriesWhole = true;
  const isWhole = visitChildren(content, (child) => {
    if (child.id !== ElementId.TrackEntry) return;
    const { track, encodings, isEntryWhole } = readTrackEntry(child.content);
    if (track !== undefined) tracks.push(track);
    if (track !== undefined && encodings?.frames !== undefined)
      frameEncodings.set(track.number, encodings.frames);
    if (!isEntryWhole) areEntriesWhole = false;
  });
  return { tracks, frameEncodings, isWhole: isWhole && areEntriesWhole };
}

interface TrackFields {
  number?: number;
  uid?: bigint;
  trackType?: number;
  name?: string;
  language?: string;
  codecId?: string;
  codecPrivate?: Uint8Array;
  audio?: MatroskaAudio;
}

interface TrackEntry {
  readonly track?: MatroskaTrack;
  readonly encodings?: ContentEncodings;
  readonly isEntryWhole: boolean;
}

function readTrackEntry(content: Uint8Array): TrackEntry {
  const fields: TrackFields = {};
  let encodings: ContentEncodings | undefined;
  const isEntryWhole = visitChildren(content, ({ id, content: value }) => {
    if (id === ElementId.ContentEncodings) encodings = readContentEncodings(value);
    else readTrackField(fields, id, value);
  });
  const { number, trackType, codecId = '', codecPrivate, ...rest } = fields;
  if (number === undefined || number === 0 || trackType === undefined) return { isEntryWhole: false };
  const decodedPrivate = decodePrivate(codecPrivate, encodings);
  return {
    track: {
      number,
      trackType,
      codecId,
      ...rest,
      ...(decodedPrivate === undefined ? {} : { codecPrivate: decodedPrivate }),
    },
    ...(encodings === undefined ? {} : { encodings }),
    isEntryWhole,
  };
}

/** `undefined` rather than bytes that are not the codec's. */
function decodePrivate(
  stored: Uint8Array | undefined,
  encodings: ContentEncodings | undefined,
): Uint8Array | undefined {
  if (stored === undefined || encodings === undefined) return stored;
  if (encodings.codecPrivate === undefined) return stored;
  if (typeof encodings.codecPrivate === 'string') return undefined;
  const decoded = encodings.codecPrivate(stored, CODEC_PRIVATE_BYTES_MAX);
  return 'fault' in decoded ? undefined : decoded;
}

function readTrackField(fields: TrackFields, id: number, value: Uint8Array): void {
  switch (id) {
    case ElementId.TrackNumber:
      setNumber(fields, 'number', value);
      return;
    case ElementId.TrackType:
      setNumber(fields, 'trackType', value);
      return;
    case ElementId.TrackUID: {
      const uid = readUnsigned(value);
      if (uid !== undefined) fields.uid = uid;
      return;
    }
    case ElementId.Name:
      fields.name = readText(value);
      return;
    case ElementId.Language:
      fields.language = readText(value);
      return;
    case ElementId.CodecID:
      fields.codecId = readText(value);
      return;
    case ElementId.CodecPrivate:
      // A copy: the event outlives the chunk, which a view would keep in memory for as long.
      fields.codecPrivate = value.slice();
      return;
    case ElementId.Audio:
      fields.audio = readAudio(value);
      return;
  }
}

function setNumber(fields: TrackFields, field: 'number' | 'trackType', value: Uint8Array): void {
  const number = readSafeUnsigned(value);
  if (number !== undefined) fields[field] = number;
}

/** RFC 9559, section 5.1.4.1.29, with its defaults of 8000 Hz and one channel. */
function readAudio(content: Uint8Array): MatroskaAudio {
  let samplingFrequencyHz = 8000;
  let channels = 1;
  let bitDepth: number | undefined;
  visitChildren(content, (child) => {
    if (child.content.length === 0) return;
    if (child.id === ElementId.SamplingFrequency)
      samplingFrequencyHz = readFloat(child.content) ?? samplingFrequencyHz;
    if (child.id === ElementId.Channels) channels = readSafeUnsigned(child.content) ?? channels;
    if (child.id === ElementId.BitDepth) bitDepth = readSafeUnsigned(child.content);
  });
  return { samplingFrequencyHz, channels, ...(bitDepth === undefined ? {} : { bitDepth }) };
}
