import { PARTICIPANT_ROLES } from '@earshot/domain';
import { muxDocumentParts, pcmTrack, subtitleTrack } from '@earshot/matroska';
import { languageCode } from './language-code.ts';
import { AUDIO_TRACK_NAMES, AUDIO_TRACKS, CAPTION_TRACKS, WRITING_APP } from './recording-layout.ts';

export interface RecordingInfo {
  /** The guid of the call. */
  readonly title: string;
  /** Instant of the recording's zero, ms since the epoch. */
  readonly startedAtMs: number;
  /** BCP 47, for example `en-US`. */
  readonly language: string;
  /** Whole ms; where parts leave some of it out, there is silence. */
  readonly durationMs: number;
}

/** The EBML header, and what stands in the Segment before its Clusters: Info and Tracks. */
export function recordingHeader({ title, startedAtMs, language, durationMs }: RecordingInfo): {
  readonly ebmlHeader: Uint8Array;
  readonly children: readonly Uint8Array[];
} {
  const spoken = { language: languageCode(language), languageTag: language };
  const sides = PARTICIPANT_ROLES.map((role) => ({
    ...pcmTrack({ number: AUDIO_TRACKS[role], name: AUDIO_TRACK_NAMES[role], sampleRateHz: 8000 }),
    ...spoken,
  }));
  const captions = PARTICIPANT_ROLES.map((role) =>
    subtitleTrack({ number: CAPTION_TRACKS[role], name: role, ...spoken, isDefault: true }),
  );
  return muxDocumentParts({
    muxingApp: WRITING_APP,
    title,
    dateMs: startedAtMs,
    durationTicks: durationMs,
    tracks: [...sides, ...captions],
  });
}
