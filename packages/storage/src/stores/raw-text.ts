/** A webhook's body that holds raw words: sealed for the record `delivery:<messageId>` of its tenant. */
export interface SealedBody {
  readonly sealed: Uint8Array;
}

/** Exact text to send, or that text sealed. */
export type WebhookBody = string | SealedBody;

/** What was masked in a message, and when it was said; never what it was. */
export interface MessageFinding {
  /** Name of the entity. */
  readonly type: string;
  readonly rule: string;
  /** 0..1, by rule. */
  readonly confidence: number;
  /** UTF-16 offsets into the text of the message; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** To mute, whole ms on the clock of the message's `startMs`. */
  readonly startMs: number;
  readonly endMs: number;
}
