/** Rows that are gone, by their age or because somebody asked. */
export interface ErasedRows {
  readonly conversations: number;
  readonly messages: number;
  /** Sessions of which there was audio. */
  readonly recordings: number;
  readonly deliveries: number;
  /** Days of files: by age they are gone, on request they were to be written anew without what was erased. */
  readonly exportDays: number;
  /** Receipts of erasures, which go by age only. */
  readonly receipts: number;
}

/** Of one UTC day, on which something was erased. */
export interface ErasedDay {
  /** `2026-11-22` */
  readonly day: string;
  readonly byAge: ErasedRows;
  readonly onRequest: ErasedRows;
}

/** What there is now; an instant or day is that of the oldest, and absent where there is none. */
export interface KeptRows {
  readonly conversationsSinceMs: number | undefined;
  readonly recordingsSinceMs: number | undefined;
  readonly deliveriesSinceMs: number | undefined;
  readonly receiptsSinceMs: number | undefined;
  /** The first UTC day of which there are files. */
  readonly exportsSinceDay: string | undefined;
  readonly exportDayCount: number;
  /** Conversations on legal hold, 10 000 where there are more. */
  readonly holdCount: number;
}

/**
 * What was erased is counted in the transaction that erases it: once, however often that is tried. It is told for as long as
 * receipts are kept, and numbers are all that is told.
 */
export interface RetentionCounts {
  /** Days from the first to the last, both of them among those, without those on which nothing was erased. */
  listErased(days: { tenantId: string; fromDay: string; toDay: string }): Promise<readonly ErasedDay[]>;
  /** Looks up the ends of indexes and reads no table through. */
  readKept(tenantId: string): Promise<KeptRows>;
}
