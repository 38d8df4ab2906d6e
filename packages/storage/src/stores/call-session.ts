import type { CallSettings, EndedReason, MediaLocation, MediaReport, ParticipantRole } from '@earshot/domain';

export type SessionState = 'queued' | 'live' | 'stopping' | 'ended';

/** One participant's stream of one session, with its counts so far. */
export interface CallStream {
  readonly streamId: string;
  readonly role: ParticipantRole;
  /** customerId or agentId as given at start. */
  readonly externalId: string;
  /** One past the last sample from which everything derived is stored. */
  readonly committedThroughSample: number;
  /** PCM bytes received from the stream; filled-in silence is not counted. */
  readonly audioBytes: number;
  readonly transcripts: number;
}

/** Why a session ended or cannot go on, with what to do about it. Never holds customer words. */
export interface SessionTrouble {
  /** `area.reason` */
  readonly code: string;
  readonly cause: string;
  readonly remedy: string;
}

export interface CallSession {
  readonly tenantId: string;
  readonly sessionId: string;
  readonly conversationId: string;
  /** The conversation's external id. */
  readonly guid: string;
  readonly appId: string;
  /** 1 for the first start of the conversation, 2 after a hold, ... */
  readonly ordinal: number;
  readonly state: SessionState;
  readonly acceptedAtMs: number;
  readonly stopAtMs: number | undefined;
  readonly endedAtMs: number | undefined;
  readonly endedReason: EndedReason | undefined;
  readonly trouble: SessionTrouble | undefined;
  /** The ContactId the media carries, once it is known. */
  readonly contactId: string | undefined;
  /** What the media was like so far; absent until a worker has told. */
  readonly mediaReport: MediaReport | undefined;
  readonly settings: CallSettings;
  readonly media: MediaLocation;
  /** Customer first. */
  readonly streams: readonly [CallStream, CallStream];
}
