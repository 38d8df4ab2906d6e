import type { ParticipantRole } from '@earshot/domain';

/** A message as the conversation API returns it. */
export interface StoredMessage {
  readonly messageId: string;
  readonly role: ParticipantRole | 'system';
  readonly senderExternalId: string | undefined;
  /** Always the redacted form. */
  readonly text: string;
  /** The text without masks, sealed; only where the call asked for it and `unredacted` was. */
  readonly unredactedSealed?: Uint8Array;
  readonly createdAtMs: number;
  readonly clientTimestampMs: number;
}

/** Position in the order of contract-decisions 26: client timestamp, customer before agent, id. */
export interface MessageCursor {
  readonly clientTimestampMs: number;
  readonly roleOrder: number;
  readonly messageId: string;
}

export interface MessageStore {
  /** `undefined` when the tenant has no such conversation. At most `limit` rows after `after`, in order. */
  listByExternalId(input: {
    tenantId: string;
    externalId: string;
    after?: MessageCursor;
    /** With the sealed raw texts there are. Default false. */
    unredacted?: boolean;
    limit: number;
  }): Promise<
    { readonly items: readonly StoredMessage[]; readonly next: MessageCursor | undefined } | undefined
  >;
}
