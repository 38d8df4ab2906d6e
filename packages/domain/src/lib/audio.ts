/** Rate of everything Amazon Connect sends: its tracks say `audio/L16;rate=8000;channels=1`. */
export const TELEPHONY_SAMPLE_RATE_HZ = 8000;

/** 16-bit linear PCM, one channel. */
export const PCM_BYTES_PER_SAMPLE = 2;

const SAMPLES_PER_MS = TELEPHONY_SAMPLE_RATE_HZ / 1000;

/** Milliseconds that `sampleCount` telephony samples last; not rounded. */
export function samplesToMs(sampleCount: number): number {
  return sampleCount / SAMPLES_PER_MS;
}

/** Telephony samples in `durationMs`, rounded to the nearest whole sample. */
export function msToSamples(durationMs: number): number {
  return Math.round(durationMs * SAMPLES_PER_MS);
}

/** What `stop-streaming` reports for one participant of one session. */
export interface AudioSummary {
  /** 16-bit 8 kHz PCM bytes received; silence we filled in is not counted. */
  readonly totalAudioBytes: number;
  readonly audioDurationMs: number;
  readonly streamingSeconds: number;
  /** Messages committed for this participant. */
  readonly transcripts: number;
}

/** Derives the summary from its two counts: 16 bytes are one millisecond, seconds are rounded up. */
export function audioSummary(totalAudioBytes: number, transcripts: number): AudioSummary {
  const audioDurationMs = Math.floor(totalAudioBytes / (SAMPLES_PER_MS * PCM_BYTES_PER_SAMPLE));
  return {
    totalAudioBytes,
    audioDurationMs,
    streamingSeconds: Math.ceil(audioDurationMs / 1000),
    transcripts,
  };
}
