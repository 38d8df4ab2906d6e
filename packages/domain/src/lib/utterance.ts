import type { ParticipantRole } from './participant.ts';

/** Finished speech of one participant. `text` is raw: it never leaves the ingest process unredacted. */
export interface Utterance {
  readonly role: ParticipantRole;
  /** Offsets from the session's first accepted block by the media clock, whole ms. */
  readonly startMs: number;
  readonly endMs: number;
  /** First sample of the speech in the participant's contiguous PCM. */
  readonly startSample: number;
  /** One past the last sample of the speech. */
  readonly endSample: number;
  readonly text: string;
}

/** A redacted utterance as it is stored and published. */
export interface TranscriptMessage {
  /** ULID, derived: see `deriveMessageId`. */
  readonly messageId: string;
  readonly streamId: string;
  readonly role: ParticipantRole;
  readonly senderExternalId: string;
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Wall-clock start of the utterance by the producer's clock, ms since the epoch. */
  readonly clientTimestampMs: number;
}
