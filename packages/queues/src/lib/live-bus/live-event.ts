import type { ParticipantRole } from '@earshot/domain';

/** Words of speech that has not ended, redacted. Each one replaces the one before it of the same stretch. */
export interface LivePartial {
  readonly type: 'partial';
  readonly tenantId: string;
  readonly conversationId: string;
  readonly guid: string;
  readonly sessionId: string;
  readonly streamId: string;
  readonly role: ParticipantRole;
  readonly senderExternalId: string;
  /** Since the start of the call. */
  readonly startMs: number;
  readonly endMs: number;
  /** Redacted; at most 1,000 characters, the last ones. */
  readonly text: string;
  /** 1, 2, ... of one stretch of speech (same `streamId` and `startMs`). */
  readonly revision: number;
}

/** A message was stored: its words are in the store. */
export interface LiveCommitted {
  readonly type: 'committed';
  readonly tenantId: string;
  readonly conversationId: string;
  readonly sessionId: string;
  readonly streamId: string;
  readonly messageId: string;
  /** Since the start of the call. */
  readonly startMs: number;
}

/** Nothing more comes of this session. */
export interface LiveEnded {
  readonly type: 'ended';
  readonly tenantId: string;
  readonly conversationId: string;
  readonly sessionId: string;
}

/** What those who watch a live call are told. Best effort: lost when nobody listens, never stored. */
export type LiveEvent = LivePartial | LiveCommitted | LiveEnded;

export interface LiveScope {
  readonly tenantId: string;
  /** Absent: all conversations of the tenant. */
  readonly conversationId?: string;
  /** Whether `partial` events are wanted too. */
  readonly partials: boolean;
}

export interface LiveWatch {
  close(): Promise<void>;
}

export interface LiveBus {
  /** Never waits, never throws; above `publishQueueMax` waiting events it drops and counts. */
  publish(event: LiveEvent): void;
  /**
   * Whether anybody asked within the last 25 s for this conversation or for all of the tenant.
   *
   * @param what `partials`: somebody who wants partials
   */
  isWatched(tenantId: string, conversationId: string, what: 'partials' | 'any'): boolean;
  /**
   * Calls the listener for every event of the scope until closed; a listener must not throw. Resolves once events of
   * the scope arrive, rejects `queues.unavailable` when the backend does not answer in time.
   */
  watch(scope: LiveScope, listener: (event: LiveEvent) => void): Promise<LiveWatch>;
  close(): Promise<void>;
}
