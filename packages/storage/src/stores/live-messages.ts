import type { StoredMessage } from './messages.ts';

/** A message with where it lies in the audio; absent for what nobody said. */
export type CommittedMessage = Pick<
  StoredMessage,
  | 'messageId'
  | 'role'
  | 'senderExternalId'
  | 'text'
  | 'unredactedSealed'
  | 'createdAtMs'
  | 'clientTimestampMs'
> & {
  readonly streamId: string | undefined;
  readonly startMs: number | undefined;
  readonly endMs: number | undefined;
};

/**
 * How far a reader has come in the order of commits: it has every message created before `sinceMs`, and of those from
 * then on the ones named. A place in time alone would not do: two messages may be of one millisecond.
 */
export interface CommitPosition {
  readonly sinceMs: number;
  readonly messageIds: readonly string[];
}

export interface LiveMessageStore {
  /**
   * The messages of a conversation after `position`, earliest commit first, at most `limit`. The order of commits is
   * not the order of time: a long utterance is committed after a short one that began later.
   */
  listCommitted(input: {
    tenantId: string;
    conversationId: string;
    position: CommitPosition;
    /** With the sealed raw texts there are. Default false. */
    unredacted?: boolean;
    limit: number;
  }): Promise<readonly CommittedMessage[]>;
}
