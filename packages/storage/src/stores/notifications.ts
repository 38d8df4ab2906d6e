/**
 * NOTIFY channels. Payloads are ids only, never text; a notification may be lost, so each listener also
 * has a slower way to notice (a read at each fragment, a sweeper).
 */
export type NotificationChannel =
  /** Payload: sessionId. Sent by `requestStop`. */
  | 'session_stop'
  /** Payload: sessionId. Sent by `endSession`. */
  | 'session_ended'
  /**
   * Payload: `endpointId conversationId` (one blank between). Sent after commits, folded. With a third word,
   * `from-beginning`, rows before those already dealt with are pending again.
   */
  | 'lane_wake';

export interface Notifications {
  /**
   * Calls `onNotify` for each payload until the returned function is called. One connection a process carries all
   * channels; it reconnects by itself with bounded back-off and then calls `onGap`, since notifications were lost.
   */
  listen(
    channel: NotificationChannel,
    onNotify: (payload: string) => void,
    onGap?: () => void,
  ): Promise<() => Promise<void>>;

  /** Tells listeners after the commit, on its own connection; duplicates waiting to be sent are folded. */
  wakeLanes(lanes: readonly { endpointId: string; conversationId: string }[], look?: 'from-beginning'): void;
}
