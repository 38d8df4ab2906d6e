import type { ParticipantRole, StartSelector } from '@earshot/domain';
import type { MediaErrorCode, MediaProblemCode } from './media-trouble.ts';

/** Where live calls are heard. */
export interface CallMediaSource {
  /**
   * The media of one session until it is over, reconnecting on the way. Pull only: a slow consumer slows the socket.
   * Throws `AppError` with a `MediaErrorCode`, and the signal's reason once it fires. Leave it any time with `break`.
   */
  open(request: CallMediaRequest): AsyncGenerator<CallMediaEvent, void, undefined>;
  /** Ends calls still open with `media.closed` and closes all sockets. */
  close(): Promise<void>;
}

export interface CallMediaRequest {
  readonly streamArn: string;
  /** The conversation's external id; a ContactId equal to it is the call's own. */
  readonly guid: string;
  readonly start: CallMediaStart;
  readonly signal: AbortSignal;
}

export type CallMediaStart =
  | { readonly type: 'selector'; readonly selector: StartSelector; readonly acceptedAtMs: number }
  | {
      readonly type: 'resume';
      /** Earliest fragment needed, inclusive. */
      readonly fromFragmentNumber: string;
      /** Its producer time, ms since the epoch; without it the fragment is looked for first. */
      readonly fromProducerTimestampMs?: number;
      readonly latchedContactId: string | undefined;
    };

export type CallMediaEvent =
  | {
      /** A fragment is known to be this contact's; its audio follows. */
      readonly type: 'fragment';
      readonly fragmentNumber: string;
      /** Both clocks in ms since the epoch; they are not aligned with each other. */
      readonly serverTimestampMs: number;
      readonly producerTimestampMs: number;
      /** Absent where the fragment names none and none was seen before. */
      readonly contactId: string | undefined;
      /** Sides that have a track in it. */
      readonly roles: readonly ParticipantRole[];
    }
  | {
      readonly type: 'audio';
      readonly role: ParticipantRole;
      /** 16-bit little-endian mono at 8 kHz; any length, usually 1024 bytes. */
      readonly pcm: Uint8Array;
      /** Of its first sample: Cluster timestamp and block offset, ms since the epoch by the media's clock. */
      readonly mediaMs: number;
      /** Media of this side is known to be lost directly before it (damage): a hole of any length is a loss. */
      readonly afterLoss?: true;
    }
  | {
      /** Everything of the fragment was given; reading may resume after it. */
      readonly type: 'fragmentEnd';
      readonly fragmentNumber: string;
      /** Lag behind the newest media of the stream. */
      readonly millisBehindNow: number | undefined;
    }
  /** A fragment of this call came whole once more and was dropped. */
  | { readonly type: 'duplicate'; readonly fragmentNumber: string }
  /** The ContactId this call is held to from now on; once. */
  | { readonly type: 'contact'; readonly contactId: string }
  /** No byte came for `idleMs`; about every 250 ms, also while reconnecting. */
  | { readonly type: 'idle'; readonly idleMs: number }
  | {
      readonly type: 'reconnected';
      readonly reason: ReconnectReason;
      readonly attempt: number;
      /** What the service refused with, for `refused`. */
      readonly code?: MediaErrorCode;
    }
  /** Opening failed and is tried again: what an operator has to know while nothing comes. */
  | { readonly type: 'retrying'; readonly code: MediaErrorCode; readonly failingForMs: number }
  | { readonly type: 'problem'; readonly code: MediaProblemCode; readonly message: string }
  | { readonly type: 'end'; readonly reason: 'contact-changed' | 'media-ended' };

/** Why the connection before was given up. */
export type ReconnectReason = 'body-ended' | 'truncated' | 'cut' | 'stalled' | 'silent' | 'refused';
