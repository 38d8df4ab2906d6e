export interface DroppedDays {
  readonly days: number;
  readonly messages: number;
}

/**
 * Messages lie in one table for each UTC day on which their conversations began. Both calls may run in several processes
 * at once; they give up with `storage.conflict`, having changed nothing of what they could not have within 0.3 s,
 * since commits wait meanwhile.
 */
export interface MessageDays {
  /** Makes the tables of the next three days. What begins on a day that has none is stored all the same, and erased row by row. */
  makeAhead(nowMs: number): Promise<void>;
  /**
   * Drops days of which every conversation has expired, none is held, and no recording is left, with the messages only: the
   * conversations are left to `eraseExpired`.
   */
  dropExpired(nowMs: number): Promise<DroppedDays>;
}
