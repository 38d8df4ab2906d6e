import type { ParticipantRole } from '@earshot/domain';
import { captionRole } from './caption-role.ts';
import { recordingError } from './recording-error.ts';
import {
  createSubtitleParser,
  type FoundSubtitle,
  type FoundTrack,
  type SubtitleParser,
} from './subtitle-parser.ts';
import { withIdleLimit } from './with-idle-limit.ts';

export interface CaptionTrack {
  readonly number: number;
  readonly name?: string;
  readonly language?: string;
  /** Where the name tells whose words they are. */
  readonly role?: ParticipantRole;
}

export interface CaptionCue {
  readonly trackNumber: number;
  readonly role?: ParticipantRole;
  readonly startMs: number;
  /** Where the file tells none: the next caption of the track, at most 5 s later. */
  readonly endMs: number;
  /** Lines are parted by a line feed. */
  readonly text: string;
}

export interface Captions {
  readonly tracks: readonly CaptionTrack[];
  /** In order of time. */
  readonly cues: readonly CaptionCue[];
}

export interface CaptionLimits {
  /** Longest silence of the source. Default 30 000 ms; `recordings.stalled`. */
  readonly idleMsMax?: number;
  /** Largest element held whole, also where damage made it up. Default 32 MiB; `recordings.limit-exceeded`. */
  readonly elementBytesMax?: number;
  /** Default 100 000; `recordings.limit-exceeded`. */
  readonly cueCountMax?: number;
}

const DURATION_MS_DEFAULT = 5000;
const WRITE_BYTES_MAX = 64 * 1024;

interface Found {
  tracks: readonly FoundTrack[] | undefined;
  readonly subtitles: { readonly trackNumber: number; readonly subtitle: FoundSubtitle }[];
  failure: unknown;
}

/**
 * The captions of any Matroska file, as matroska-subtitles reads them: tracks of `S_TEXT`, blocks in a BlockGroup. Without such
 * a track the file is not read to its end. Throws `recordings.unreadable` for what is no Matroska; captions before damage are kept.
 */
export async function readCaptions(
  file: AsyncIterable<Uint8Array>,
  limits: CaptionLimits = {},
): Promise<Captions> {
  const { idleMsMax = 30_000, elementBytesMax = 32 * 1024 * 1024, cueCountMax = 100_000 } = limits;
  const found: Found = { tracks: undefined, subtitles: [], failure: undefined };
  const parser = openParser(found);
  try {
    for await (const chunk of withIdleLimit(file, idleMsMax)) {
      for (let at = 0; at < chunk.length; at += WRITE_BYTES_MAX) {
        const isMore = await write(parser, chunk.subarray(at, at + WRITE_BYTES_MAX), found);
        if (!isMore) return { tracks: [], cues: [] };
        refuseBeyond('an element', parser.decoder.buffer.length, elementBytesMax, 'bytes');
        refuseBeyond('the number of captions', found.subtitles.length, cueCountMax, 'captions');
      }
    }
    await endDecoder(parser, idleMsMax);
  } finally {
    parser.destroy();
    parser.decoder.destroy();
  }
  if (found.failure !== undefined) throw unreadable('its elements cannot be told apart', found.failure);
  if (found.tracks === undefined) throw unreadable('it has no Tracks of a Matroska file');
  return tidy(found.tracks, found.subtitles);
}

function openParser(found: Found): SubtitleParser {
  const parser = createSubtitleParser((error) => (found.failure ??= error));
  // Told again by every document of a stream; the parser adds to what it knows.
  parser.on('tracks', (tracks) => (found.tracks = tracks));
  parser.on('subtitle', (subtitle, trackNumber) => found.subtitles.push({ trackNumber, subtitle }));
  // A write tells them as well.
  parser.on('error', () => undefined);
  parser.decoder.on('error', (error) => (found.failure ??= error));
  return parser;
}

/** False when the file has no subtitle track: the parser has ended itself, and writing on would fail or wait for ever. */
async function write(parser: SubtitleParser, chunk: Uint8Array, found: Found): Promise<boolean> {
  try {
    await new Promise<void>((resolve, reject) => {
      parser.write(chunk, (error) => (error instanceof Error ? reject(error) : resolve()));
    });
  } catch (error) {
    found.failure ??= error;
  }
  if (found.tracks?.length === 0) return false;
  if (found.failure !== undefined) throw unreadable('its elements cannot be told apart', found.failure);
  return true;
}

function unreadable(reason: string, cause?: unknown): Error {
  return recordingError('recordings.unreadable', `Cannot read recording: ${reason}`, cause);
}

/** What was written last may still be on its way through the decoder. */
async function endDecoder({ decoder }: SubtitleParser, idleMsMax: number): Promise<void> {
  const ended = (async function* () {
    yield await new Promise<void>((resolve) => {
      decoder.once('end', resolve);
      decoder.once('error', () => resolve());
      decoder.end();
    });
  })();
  for await (const _ of withIdleLimit(ended, idleMsMax)) return;
}

function refuseBeyond(what: string, value: number, limit: number, unit: string): void {
  if (value <= limit) return;
  const message = `Cannot read recording: ${what} exceeds limit ${limit} ${unit}`;
  throw recordingError('recordings.limit-exceeded', message);
}

function tidy(found: readonly FoundTrack[], subtitles: Found['subtitles']): Captions {
  const tracks = found.map(({ number, name, language }): CaptionTrack => {
    const role = captionRole(name);
    return {
      number,
      ...(name === undefined ? {} : { name }),
      ...(language === undefined ? {} : { language }),
      ...(role === undefined ? {} : { role }),
    };
  });
  const roles = new Map(tracks.map(({ number, role }) => [number, role]));
  const nextStarts = new Map<number, number>();
  const cues: CaptionCue[] = [];
  for (const { trackNumber, subtitle } of subtitles.toSorted((a, b) => b.subtitle.time - a.subtitle.time)) {
    const role = roles.get(trackNumber);
    // The library's times are floating-point numbers.
    const startMs = Math.round(subtitle.time);
    const endMs = Number.isNaN(subtitle.duration)
      ? Math.min(nextStarts.get(trackNumber) ?? Infinity, startMs + DURATION_MS_DEFAULT)
      : Math.round(subtitle.time + subtitle.duration);
    const text = subtitle.text.replaceAll('\r\n', '\n');
    nextStarts.set(trackNumber, startMs);
    cues.push({ trackNumber, ...(role === undefined ? {} : { role }), startMs, endMs, text });
  }
  return { tracks, cues: cues.toReversed() };
}
