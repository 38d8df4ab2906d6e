import { MatroskaError } from './matroska-error.ts';
import type { MuxTrack } from './mux-header.ts';

/** A track of linear PCM. */
export interface MuxPcmTrack {
  readonly number: number;
  readonly name?: string;
  readonly sampleRateHz: number;
  /** Default 1. */
  readonly channels?: number;
  /** Of each sample: 8, 16, 24 or 32. Default 16. */
  readonly bitDepth?: number;
}

/** A track of subtitles as text. */
export interface MuxSubtitleTrack {
  readonly number: number;
  readonly name?: string;
  /** ISO 639-2, three letters (`und` where it is not known); left out, readers take it for `eng`. */
  readonly language?: string;
  /** BCP 47, for example `en-US`; readers that know it prefer it to `language`. */
  readonly languageTag?: string;
  /** Whether players show it by themselves. Left out, they take it for true. */
  readonly isDefault?: boolean;
}

/** Linear PCM, signed and little-endian (A_PCM/INT/LIT). Throws `matroska.invalid-argument` for another bit depth than those. */
export function pcmTrack({ number, name, sampleRateHz, channels = 1, bitDepth = 16 }: MuxPcmTrack): MuxTrack {
  if (![8, 16, 24, 32].includes(bitDepth)) {
    const message = `Cannot write TrackEntry: bit depth ${bitDepth} is not 8, 16, 24 or 32`;
    throw new MatroskaError('matroska.invalid-argument', message);
  }
  return {
    number,
    trackType: 2,
    codecId: 'A_PCM/INT/LIT',
    ...(name === undefined ? {} : { name }),
    audio: { samplingFrequencyHz: sampleRateHz, channels, bitDepth },
  };
}

/** Plain text in UTF-8 (S_TEXT/UTF8), one cue a block: see `muxCue`. */
export function subtitleTrack(track: MuxSubtitleTrack): MuxTrack {
  return { ...track, trackType: 17, codecId: 'S_TEXT/UTF8' };
}
