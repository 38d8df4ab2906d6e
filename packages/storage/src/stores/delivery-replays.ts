import type { LaneKey } from './calls.ts';
import type { DeliveryRecord } from './lanes.ts';

/** One POST of a delivery, as it is told to the owner of the endpoint. */
export interface DeliveryAttempt {
  /** 1, 2, 3 ... */
  readonly attempt: number;
  readonly attemptedAtMs: number;
  readonly durationMs: number;
  readonly status: number | undefined;
  readonly errorCode: string | undefined;
  readonly detail: string | undefined;
  /** The beginning of the answer, masked; never what was sent. */
  readonly responsePreview: string | undefined;
}

export interface DeliveryWithAttempts extends DeliveryRecord {
  readonly nextAttemptAtMs: number | undefined;
  readonly replayedAtMs: number | undefined;
  /** The newest 100, oldest first. */
  readonly attemptList: readonly DeliveryAttempt[];
}

/** States that a replay takes up again. */
export type UndeliveredState = 'failed' | 'dropped' | 'dead';

export type RetryDeliveryOutcome =
  | { readonly type: 'queued'; readonly lane: LaneKey }
  | { readonly type: 'unknown' }
  | { readonly type: 'delivered' }
  | { readonly type: 'endpoint-disabled' };

export interface ReplayBatchInput {
  readonly tenantId: string;
  readonly endpointId: string;
  /** Only of this call. */
  readonly guid?: string;
  /** Only messages committed from here on ... */
  readonly fromMs?: number;
  /** ... and before here. */
  readonly toMs?: number;
  readonly states: readonly UndeliveredState[];
  /** Only after this delivery. Default: from the first. */
  readonly afterDeliveryId?: string;
  /** Most deliveries taken up. */
  readonly limit: number;
  readonly atMs: number;
}

export interface ReplayedBatch {
  readonly count: number;
  /** Of the last one taken up; undefined when there was none. */
  readonly lastDeliveryId: string | undefined;
  /** Each once; all have work now. */
  readonly lanes: readonly LaneKey[];
}

/** Takes up deliveries that were over. They keep their sequence and their `webhook-id`. */
export interface DeliveryReplays {
  get(tenantId: string, deliveryId: string): Promise<DeliveryWithAttempts | undefined>;
  /** Makes a delivery pending and due at once; one that waits for its next attempt is due at once too. */
  retry(input: { tenantId: string; deliveryId: string; atMs: number }): Promise<RetryDeliveryOutcome>;
  /** One batch, the oldest first, so that a lane never sees a later message taken up before an earlier one. */
  replayBatch(input: ReplayBatchInput): Promise<ReplayedBatch>;
}
