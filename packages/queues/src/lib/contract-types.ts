/** What travels in one queue: the payload, how its id is made, how it is retried and kept. */
export interface QueueContract<Payload> {
  readonly name: string;
  /** Deduplication id: while a job with it waits or runs, adding again makes no second one (see `onDuplicate`). */
  readonly deduplicationId: (payload: Payload) => string;
  /**
   * What an add does while a job with the id runs: `ignore` drops it, `run-after` keeps the last one and runs it
   * when the running job ends (BullMQ `keepLastIfActive`).
   */
  readonly onDuplicate: 'ignore' | 'run-after';
  readonly attemptsMax: number;
  /** A worker that dies is noticed after this time. */
  readonly lockDurationMs: number;
  readonly stalledIntervalMs: number;
  /**
   * What a lost lock does to the run of a job: `abort` fires its signal; `go-on` leaves it to a fence that the handler
   * has elsewhere, and a worker that is given a job again which it still runs waits for that run instead.
   */
  readonly onLockLost: 'abort' | 'go-on';
  /** How often a job may survive its worker. */
  readonly stalledCountMax: number;
  readonly keepFailed: { readonly ageSeconds: number; readonly count: number };
  /** Parses what came out of the queue; throws on anything else. */
  readonly parse: (data: unknown) => Payload;
}

export interface CallSessionJob {
  readonly tenantId: string;
  readonly sessionId: string;
}

export interface LaneJob {
  readonly tenantId: string;
  readonly endpointId: string;
  readonly conversationId: string;
}

/** What a handler answers. `hand-over`: give the job back at once, uncounted, so that another worker goes on. */
export type JobOutcome = { readonly type: 'done' } | { readonly type: 'hand-over' };

export interface JobContext {
  readonly jobId: string;
  /** Fires when the worker closes (hand over) or, where the contract says so, when the job's lock is lost. */
  readonly signal: AbortSignal;
  /** 0 on the first run. */
  readonly attemptsMade: number;
  readonly stalledCount: number;
}

export type JobHandler<Payload> = (payload: Payload, context: JobContext) => Promise<JobOutcome>;

export interface Producer<Payload> {
  /** Resolves when the job is durably in the queue; rejects `queues.unavailable` after `timeoutMs` (500 by default). */
  add(payload: Payload): Promise<void>;
  close(): Promise<void>;
}

export interface RunningWorker {
  /** Takes no more jobs; those that run go on. One fetched in that moment is given back at once, uncounted. */
  pause(): Promise<void>;
  /** Takes jobs again. */
  resume(): Promise<void>;
  /** Stops taking jobs, fires every job's signal, waits at most `drainMs` (10 000) for them. */
  close(): Promise<void>;
}

export interface QueueConnection {
  readonly backend: 'redis' | 'postgres';
  ping(): Promise<void>;
  close(): Promise<void>;
}
