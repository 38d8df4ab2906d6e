import type { LaneKey } from './calls.ts';
import type { WebhookBody } from './raw-text.ts';

/** `dead`: every attempt of a durable message failed. */
export type DeliveryState = 'pending' | 'delivered' | 'dropped' | 'failed' | 'dead';

/** One message on its way to one endpoint. */
export interface Delivery {
  readonly deliveryId: string;
  readonly lane: LaneKey;
  /** 1, 2, 3 ... per conversation and endpoint, given at commit. */
  readonly sequence: number;
  readonly messageId: string;
  readonly webhookId: string;
  /** Exact bytes to send, sealed where they hold raw words. */
  readonly body: WebhookBody;
  /** All there were. */
  readonly attempts: number;
  /** Those before the last replay: a replayed message gets its whole schedule again. */
  readonly attemptsBefore: number;
  /** Somebody asked for it once more: it is no longer subject to age. */
  readonly replayed: boolean;
  /** Nothing is sent before this instant. */
  readonly nextAttemptAtMs: number | undefined;
  readonly createdAtMs: number;
}

/** What one attempt came to. `detail` is ours, capped at 500 characters, and never a customer's words. */
export interface DeliveryResult {
  readonly deliveryId: string;
  /** `retry` leaves it pending until `nextAttemptAtMs`. */
  readonly state: 'delivered' | 'dropped' | 'failed' | 'dead' | 'retry';
  readonly nextAttemptAtMs?: number | undefined;
  readonly attempted: boolean;
  readonly status: number | undefined;
  readonly errorCode: string | undefined;
  readonly detail: string | undefined;
  /** The beginning of what the target answered, masked, at most 500 characters. */
  readonly responsePreview?: string | undefined;
  readonly durationMs: number;
  readonly atMs: number;
}

export interface DeliveryRecord {
  readonly deliveryId: string;
  readonly endpointId: string;
  readonly guid: string;
  readonly sequence: number;
  readonly messageId: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly lastStatus: number | undefined;
  readonly lastError: string | undefined;
  readonly createdAtMs: number;
  readonly deliveredAtMs: number | undefined;
}

export interface LaneStore {
  /**
   * Takes or renews the lane for `holder` until `heldUntilMs`. `false` when another holder's time has not run out.
   * While it is held, commits add no job for the lane: they only notify.
   */
  hold(lane: LaneKey, holder: string, heldUntilMs: number): Promise<boolean>;

  /** Gives the lane up. `false` when undelivered rows are there: the holder must look once more before it leaves. */
  release(lane: LaneKey, holder: string): Promise<boolean>;

  /** Gives the lane up although rows are pending: nobody needs to look at it before `untilMs`, new commits add no job. */
  defer(lane: LaneKey, holder: string, untilMs: number): Promise<void>;

  /** Ends the waiting of all deferred lanes of an endpoint: `listUnheld` names them again. */
  endDeferrals(tenantId: string, endpointId: string): Promise<void>;

  /** Undelivered deliveries of the lanes, by lane and sequence, after the sequence held in memory; at most `limitPerLane` each. */
  fetchPending(
    lanes: readonly { readonly lane: LaneKey; readonly afterSequence: number }[],
    limitPerLane: number,
  ): Promise<readonly Delivery[]>;

  /** Records outcomes in one statement; rows of lanes `holder` no longer holds are left alone. Answers the ids recorded. */
  recordResults(holder: string, results: readonly DeliveryResult[]): Promise<readonly string[]>;

  /** Realtime policy: drops the oldest pending rows of an endpoint beyond `pendingMax` or older than `createdBeforeMs`; answers the count. */
  dropExcess(input: {
    tenantId: string;
    endpointId: string;
    pendingMax: number;
    createdBeforeMs: number;
    atMs: number;
  }): Promise<number>;

  /**
   * For the sweeper: lanes with pending rows older than `pendingBeforeMs` that nobody holds (or whose hold has run out),
   * but for those deferred beyond `nowMs` and for durable lanes of paused endpoints.
   */
  listUnheld(input: { pendingBeforeMs: number; nowMs: number; limit: number }): Promise<readonly LaneKey[]>;

  /** What waits at all endpoints together, counted up to 100 000. */
  readBacklog(): Promise<{ readonly pendingCount: number; readonly oldestPendingAtMs: number | undefined }>;

  listDeliveries(input: {
    tenantId: string;
    endpointId?: string;
    guid?: string;
    state?: DeliveryState;
    cursor?: string;
    limit: number;
  }): Promise<{ readonly items: readonly DeliveryRecord[]; readonly nextCursor: string | undefined }>;
}
