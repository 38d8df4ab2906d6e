import type { ParticipantRole } from '@earshot/domain';
import { Demuxer, type InfoEvent, type MatroskaEvent, type MatroskaTrack } from '@earshot/matroska';
import { captionRole } from './caption-role.ts';
import { WRITING_APP } from './recording-layout.ts';
import { readCaptions, type CaptionLimits, type Captions } from './read-captions.ts';

const AUDIO_TYPE = 2;
const SUBTITLE_TYPE = 17;

/** An audio track of any Matroska file. */
export interface CaptionedAudio {
  readonly number: number;
  /** Position among the audio tracks, from 0, as other programs count them. */
  readonly index: number;
  readonly name?: string;
  /** Where the name tells whose voice it is. */
  readonly role?: ParticipantRole;
  readonly codecId: string;
  readonly sampleRateHz: number;
  readonly channels: number;
  /** Whether `readTrackPcm` can read it: 16-bit little-endian PCM. */
  readonly isReadable: boolean;
}

export interface CaptionedFile extends Captions {
  readonly title?: string;
  /** Instant of the file's zero, ms since the epoch. Of recordings alone: others put the time of their writing there. */
  readonly startedAtMs?: number;
  readonly durationMs?: number;
  readonly audio: readonly CaptionedAudio[];
  /** Codecs of all subtitle tracks, also of those that cannot be read. */
  readonly subtitleCodecs: readonly string[];
  /** Captions that matroska-subtitles passes over since they are in SimpleBlocks. */
  readonly missedCueCount: number;
}

interface Seen {
  info: InfoEvent | undefined;
  readonly tracks: Map<number, MatroskaTrack>;
  textBlockCount: number;
}

/**
 * What a captioned Matroska file tells: title, date, audio tracks and captions; its audio is passed over. Limits and errors as
 * `readCaptions`. A file without captions gives none; such a one is not read to its end.
 */
export async function openCaptionedFile(
  file: AsyncIterable<Uint8Array>,
  limits: CaptionLimits = {},
): Promise<CaptionedFile> {
  const seen: Seen = { info: undefined, tracks: new Map(), textBlockCount: 0 };
  const captions = await readCaptions(watching(file, seen, limits), limits);
  const { title, dateMs, durationMs, writingApp } = seen.info ?? {};
  const tracks = [...seen.tracks.values()];
  return {
    ...captions,
    ...(title === undefined ? {} : { title }),
    ...(dateMs === undefined || writingApp !== WRITING_APP ? {} : { startedAtMs: dateMs }),
    ...(durationMs === undefined ? {} : { durationMs }),
    audio: tracks.filter(({ trackType }) => trackType === AUDIO_TYPE).map(captionedAudio),
    subtitleCodecs: tracks
      .filter(({ trackType }) => trackType === SUBTITLE_TYPE)
      .map(({ codecId }) => codecId),
    missedCueCount: Math.max(0, seen.textBlockCount - captions.cues.length),
  };
}

async function* watching(
  file: AsyncIterable<Uint8Array>,
  seen: Seen,
  { elementBytesMax }: CaptionLimits,
): AsyncGenerator<Uint8Array, void, undefined> {
  const demuxer = new Demuxer(elementBytesMax === undefined ? {} : { elementBytesMax });
  for await (const chunk of file) {
    for (const event of demuxer.write(chunk)) watch(event, seen);
    yield chunk;
  }
  for (const event of demuxer.finish()) watch(event, seen);
}

function watch(event: MatroskaEvent, seen: Seen): void {
  if (event.type === 'info') seen.info ??= event;
  if (event.type === 'track') seen.tracks.set(event.track.number, event.track);
  if (event.type !== 'block') return;
  const track = seen.tracks.get(event.trackNumber);
  const isText = track?.trackType === SUBTITLE_TYPE && track.codecId.startsWith('S_TEXT');
  if (isText) seen.textBlockCount += 1;
}

function captionedAudio({ number, name, codecId, audio }: MatroskaTrack, index: number): CaptionedAudio {
  const role = captionRole(name);
  return {
    number,
    index,
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role }),
    codecId,
    sampleRateHz: audio?.samplingFrequencyHz ?? 8000,
    channels: audio?.channels ?? 1,
    isReadable: codecId === 'A_PCM/INT/LIT' && audio?.bitDepth === 16,
  };
}
