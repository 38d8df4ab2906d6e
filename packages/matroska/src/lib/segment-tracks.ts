import { ElementId } from './element-id.ts';
import { readFloat, readSafeUnsigned, readText, readUnsigned } from './element-value.ts';
import { visitChildren } from './master-children.ts';
import type { MatroskaAudio, MatroskaTrack } from './matroska-event.ts';

export interface TracksContent {
  readonly tracks: readonly MatroskaTrack[];
  /** Tracks whose frames are compressed or encrypted by the container (RFC 9559, section 5.1.4.1.31). */
  readonly encodedTrackNumbers: readonly number[];
  /** False when an entry, or part of one, could not be read. */
  readonly isWhole: boolean;
}

/** RFC 9559, section 5.1.4. */
export function readTracks(content: Uint8Array): TracksContent {
  const tracks: MatroskaTrack[] = [];
  const encodedTrackNumbers: number[] = [];
  let areEntriesWhole = true;
  const isWhole = visitChildren(content, (child) => {
    if (child.id !== ElementId.TrackEntry) return;
    const { track, isEncoded, isEntryWhole } = readTrackEntry(child.content);
    if (track !== undefined) tracks.push(track);
    if (track !== undefined && isEncoded) encodedTrackNumbers.push(track.number);
    if (!isEntryWhole) areEntriesWhole = false;
  });
  return { tracks, encodedTrackNumbers, isWhole: isWhole && areEntriesWhole };
}

interface TrackFields {
  number?: number;
  uid?: bigint;
  trackType?: number;
  name?: string;
  codecId?: string;
  codecPrivate?: Uint8Array;
  audio?: MatroskaAudio;
}

interface TrackEntry {
  readonly track?: MatroskaTrack;
  readonly isEncoded: boolean;
  readonly isEntryWhole: boolean;
}

function readTrackEntry(content: Uint8Array): TrackEntry {
  const fields: TrackFields = {};
  let isEncoded = false;
  const isEntryWhole = visitChildren(content, ({ id, content: value }) => {
    if (id === ElementId.ContentEncodings) isEncoded = true;
    else readTrackField(fields, id, value);
  });
  const { number, trackType, codecId = '', ...rest } = fields;
  if (number === undefined || number === 0 || trackType === undefined) {
    return { isEncoded, isEntryWhole: false };
  }
  return { track: { number, trackType, codecId, ...rest }, isEncoded, isEntryWhole };
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
