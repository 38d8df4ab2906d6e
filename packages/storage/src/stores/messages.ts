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

/** A message that was written, its text redacted already. */
export type FiledMessage = Pick<StoredMessage, 'messageId' | 'role' | 'text' | 'clientTimestampMs'> & {
  readonly senderExternalId: string;
};

/** Where a message lies in the audio of its leg. */
export interface SpokenAt {
  readonly sessionId: string;
  readonly startMs: number;
  readonly endMs: number;
}

export type TimedMessage = Pick<
  StoredMessage,
  'messageId' | 'role' | 'senderExternalId' | 'text' | 'clientTimestampMs'
> & {
  /** Absent for what was written. */
  readonly spoken?: SpokenAt;
};

/** Position in the order that messages are listed in: client timestamp, customer before agent, id. */
export interface MessageCursor {
  readonly clientTimestampMs: number;
  readonly roleOrder: number;
  readonly messageId: string;
}

/** Another one wherever a message was added; of the same version, messages are the same. */
export interface ConversationVersion {
  readonly conversationId: string;
  readonly messageCount: number;
  readonly lastActivityAtMs: number;
}

export interface MessagePage {
  readonly items: readonly StoredMessage[];
  readonly next: MessageCursor | undefined;
  /** Of the whole conversation, at the instant of the page. */
  readonly version: ConversationVersion;
}

interface PageInput {
  readonly tenantId: string;
  readonly after?: MessageCursor;
  /** With the sealed raw texts there are. Default false. */
  readonly unredacted?: boolean;
  readonly limit: number;
}

export interface MessageStore {
  /** `undefined` when the tenant has no such conversation. At most `limit` rows after `after`, in order. */
  listByExternalId(input: PageInput & { readonly externalId: string }): Promise<MessagePage | undefined>;
  /** The same for those who have the conversation's own id. */
  listByConversationId(
    input: PageInput & { readonly conversationId: string },
  ): Promise<MessagePage | undefined>;
  /** What a page would come with, without reading any message. `undefined` when the tenant has no such conversation. */
  getVersion(
    conversation: { readonly tenantId: string } & (
      { readonly externalId: string } | { readonly conversationId: string }
    ),
  ): Promise<ConversationVersion | undefined>;
  /** One message; `undefined` when there is none of that id in that conversation. */
  get(input: {
    readonly tenantId: string;
    readonly conversationId: string;
    readonly messageId: string;
    readonly unredacted?: boolean;
  }): Promise<StoredMessage | undefined>;
  /** In the same order with where they lie in the audio, redacted only, at most `limit` after `after`. */
  listTimed(input: {
    readonly tenantId: string;
    readonly conversationId: string;
    readonly after?: MessageCursor;
    readonly limit: number;
  }): Promise<readonly TimedMessage[]>;
  /** All or none; those whose id is there already stay as they are. No webhook is sent for them. */
  file(input: {
    readonly tenantId: string;
    readonly conversationId: string;
    readonly messages: readonly FiledMessage[];
  }): Promise<'filed' | 'unknown'>;
}
