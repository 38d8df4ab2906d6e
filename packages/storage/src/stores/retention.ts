import type { RetentionCounts } from './retention-counts.ts';

/** Whole days, 1 to 3650. */
export interface RetentionSettings {
  /** A conversation with all that belongs to it, after the day (UTC) of its last activity. */
  readonly messagesDays: number;
  /** Deliveries that are settled, with bodies and attempts. */
  readonly deliveriesDays: number;
  /** Receipts of erasures. */
  readonly auditDays: number;
  /** Recordings, and never longer than their conversation; absent: as long as that. */
  readonly recordingsDays?: number;
  /** Files of exports, after their day, and never longer than messages; absent: as long as those. */
  readonly exportsDays?: number;
}

/** Rows that are gone; what they said is not told. */
export interface ErasedCounts {
  readonly conversations: number;
  readonly sessions: number;
  readonly messages: number;
  /** Of the messages, those with sealed raw words. */
  readonly sealedTexts: number;
  readonly deliveries: number;
  readonly attempts: number;
  readonly redactionStates: number;
  /** Sessions of which there was audio. */
  readonly recordings: number;
  /** Days of exports that are written anew without it. */
  readonly exportDays: number;
}

export type ErasureSubject = 'conversation' | 'customer';

/** What is signed of an erasure. */
export interface Erasure {
  readonly tenantId: string;
  readonly erasureId: string;
  readonly subject: ErasureSubject;
  /** Keyed hash of the id that was named, so that the receipt itself keeps none. */
  readonly subjectHash: Uint8Array;
  /** Id of the API key. */
  readonly requestedBy: string;
  readonly erasedAtMs: number;
  readonly counts: ErasedCounts;
}

export interface ErasureReceipt extends Erasure {
  readonly digest: string;
}

export interface ErasureRequest extends Omit<Erasure, 'counts' | 'subject'> {
  /** Called in the transaction, perhaps more than once. */
  readonly sign: (erasure: Erasure) => string;
  /**
   * Deletes the audio, before any row is deleted and in no transaction; when it fails nothing else is erased. From then on
   * recordings are given to nobody.
   */
  readonly eraseAudio: (recorded: {
    readonly conversationIds: readonly string[];
    /** Of the conversations; there may be objects although there is none. */
    readonly recordingCount: number;
  }) => Promise<void>;
}

/** A recording that nobody is given any more. */
export interface ErasedRecording {
  readonly sessionId: string;
  readonly conversationId: string;
}

export type EraseOutcome =
  /** `complete` is `false` where the customer has more conversations than one transaction takes: ask again. */
  | { readonly type: 'erased'; readonly receipt: ErasureReceipt; readonly complete: boolean }
  | { readonly type: 'unknown' }
  /** A call is running, or is being started or stopped. */
  | { readonly type: 'live' }
  | { readonly type: 'held'; readonly placedAtMs: number };

export interface LegalHold {
  readonly externalId: string;
  readonly placedAtMs: number;
  /** Id of the API key. */
  readonly placedBy: string;
}

export interface LegalHoldPage {
  readonly items: readonly LegalHold[];
  readonly nextCursor: string | undefined;
}

export interface ErasureReceiptPage {
  readonly items: readonly ErasureReceipt[];
  readonly nextCursor: string | undefined;
}

/** Deletion by age and on request. Transactions are short and lock only conversations nobody speaks in. */
export interface RetentionStore extends RetentionCounts {
  /** The defaults, 7, 7 and 365 days, until a tenant chooses. */
  getSettings(tenantId: string): Promise<RetentionSettings>;
  putSettings(tenantId: string, settings: RetentionSettings, atMs: number): Promise<void>;
  /** Tenants in the order of their ids. */
  listTenants(page: { after?: string; limit: number }): Promise<readonly string[]>;
  /**
   * Erases up to `limit` conversations whose last activity is too old, without those that run, are held, or that another
   * process has in hand, or that have recordings. Fewer than `limit` means that there are no more for now.
   */
  eraseExpired(batch: { tenantId: string; nowMs: number; limit: number }): Promise<ErasedCounts>;
  /**
   * Recordings that are too old, or whose erasure did not come to its end: delete their objects, then forget them. Fewer than
   * `limit` means that there are no more for now.
   */
  claimExpiredRecordings(batch: {
    tenantId: string;
    nowMs: number;
    limit: number;
  }): Promise<readonly ErasedRecording[]>;
  /** Of those that were claimed. Answers the count. */
  forgetRecordings(tenantId: string, sessionIds: readonly string[]): Promise<number>;
  /** Those of the given ids that are no conversation. */
  findGoneConversations(tenantId: string, conversationIds: readonly string[]): Promise<readonly string[]>;
  /** Deletes settled deliveries that are too old, without those of held conversations. Answers the count. */
  eraseExpiredDeliveries(batch: { tenantId: string; nowMs: number; limit: number }): Promise<number>;
  /** Counts of erased rows that are as old go too, and are not told of. */
  eraseExpiredReceipts(batch: { tenantId: string; nowMs: number; limit: number }): Promise<number>;
  /** The audio of a conversation, then all else in one transaction with its receipt. Asked for again it goes on. */
  eraseConversation(externalId: string, request: ErasureRequest): Promise<EraseOutcome>;
  /** As `eraseConversation`, of the conversations the customer took part in, 100 at a time; none of them while one is live or held. */
  eraseCustomer(customerExternalId: string, request: ErasureRequest): Promise<EraseOutcome>;
  findReceipt(tenantId: string, erasureId: string): Promise<ErasureReceipt | undefined>;
  /**
   * Those of a tenant that were asked for at `fromMs` or later and before `beforeMs`, where these are given; the newest leading.
   * `storage.cursor-invalid`: not a cursor of ours.
   */
  listReceipts(page: {
    tenantId: string;
    fromMs?: number | undefined;
    beforeMs?: number | undefined;
    cursor?: string | undefined;
    limit: number;
  }): Promise<ErasureReceiptPage>;
  /** Id of the newest receipt of what was named with this hash. */
  findErasureOf(tenantId: string, subjectHash: Uint8Array): Promise<string | undefined>;
  /** Keeps the conversation until the hold is lifted; one that is there stays. `undefined`: no such conversation. */
  placeHold(hold: {
    tenantId: string;
    externalId: string;
    placedBy: string;
    atMs: number;
  }): Promise<LegalHold | undefined>;
  /** Those of a tenant, in the order in which their conversations began. */
  listHolds(page: { tenantId: string; cursor?: string; limit: number }): Promise<LegalHoldPage>;
  /** Also where there was none. `false`: no such conversation. */
  liftHold(tenantId: string, externalId: string): Promise<boolean>;
}
