import type { StoredMessage } from './messages.ts';

/** A message with what an export tells of its conversation. The text is the redacted form. */
export interface StoredUtterance {
  readonly messageId: string;
  readonly conversationId: string;
  readonly externalConversationId: string;
  /** Undefined for messages that were typed, as are the times of speech and the language. */
  readonly streamId: string | undefined;
  readonly role: StoredMessage['role'];
  readonly senderExternalId: string | undefined;
  readonly text: string;
  readonly startMs: number | undefined;
  readonly endMs: number | undefined;
  readonly language: string | undefined;
  readonly clientTimestampMs: number;
  readonly createdAtMs: number;
}

/** The last utterance of a page. */
export interface UtterancePosition {
  readonly clientTimestampMs: number;
  readonly messageId: string;
  readonly conversationId: string;
}

export interface DayUtterances {
  readonly tenantId: string;
  /** By the client timestamp, from this instant on to before the other. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Only what was stored before. */
  readonly storedBeforeMs: number;
  readonly after?: UtterancePosition;
  readonly limit: number;
}

export interface UtteranceStore {
  /** One page of all conversations of a tenant in the order of client timestamp, message id, conversation id. */
  listSpoken(query: DayUtterances): Promise<readonly StoredUtterance[]>;
}
