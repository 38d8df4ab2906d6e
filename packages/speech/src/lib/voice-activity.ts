/** Samples that one judgement covers: 32 ms at 8 kHz. */
export const VAD_FRAME_SAMPLES = 256;

/** Judges frames of many tracks; one detector serves a whole process. */
export interface VoiceActivityDetector {
  /**
   * A track that hears silence before its first frame, or one that goes on from a snapshot.
   * Throws `speech.snapshot-invalid` for bytes this detector did not make.
   */
  open(snapshot?: Uint8Array): VoiceActivityTrack;
  close(): Promise<void>;
}

/** The detector's memory of one speaker. Judges one frame at a time, in order. */
export interface VoiceActivityTrack {
  /** Probability (0..1) that `frame`, exactly 256 samples at 8 kHz, holds speech. */
  probability(frame: Int16Array): Promise<number>;
  /** The memory after the last judged frame: equal snapshots judge equal frames equally. */
  snapshot(): Uint8Array;
}
