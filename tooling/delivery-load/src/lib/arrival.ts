/** One POST as the receiver saw it. */
export interface Arrival {
  /** The last part of the path, which names the endpoint. */
  readonly endpoint: string;
  readonly guid: string;
  readonly webhookId: string;
  /** `earshot-sequence`; 0 where there is none. */
  readonly sequence: number;
  /** What it was answered. */
  readonly status: number;
  /** Milliseconds since the Unix epoch when the answer was written. */
  readonly answeredAtMs: number;
  /** Another POST of the same lane was under way when it came. */
  readonly overlaps: boolean;
  readonly isSigned: boolean;
}

/** How the receiver answers, besides 200 at once. */
export interface ReceiverBehaviour {
  /** Of all POSTs, the share (0..1) that gets a 503, spread evenly; default 0. */
  readonly refusedShare?: number;
  /** Milliseconds until the answer, by endpoint; default 0. */
  readonly delaysMs?: Readonly<Record<string, number>>;
}
