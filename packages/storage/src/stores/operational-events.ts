import type { Endpoint } from './endpoints.ts';

export type OperationalEventType =
  | 'endpoint.disabled'
  | 'endpoint.circuit-opened'
  | 'endpoint.circuit-closed'
  | 'endpoint.certificate-expiring'
  | 'delivery.dead';

/** Something that happened to an endpoint and that its owner should know. Holds no customer's words. */
export interface OperationalEvent {
  readonly tenantId: string;
  readonly appId: string;
  /** Derived from what happened, so that telling it twice stores it once. */
  readonly eventId: string;
  readonly type: OperationalEventType;
  readonly endpointId: string;
  /** Facts of this type, as they are answered. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly occurredAtMs: number;
}

/** An event on its way to one endpoint with `operationalEvents`. */
export interface OperationalNotice {
  readonly event: OperationalEvent;
  /** Where it goes. */
  readonly endpointId: string;
  /** Attempts begun, this one included. */
  readonly attempt: number;
}

export interface NoticeResult {
  readonly tenantId: string;
  readonly eventId: string;
  readonly endpointId: string;
  /** `retry` at `nextAttemptAtMs`; the other two are final. */
  readonly state: 'delivered' | 'retry' | 'dead';
  readonly nextAttemptAtMs: number | undefined;
  readonly status: number | undefined;
  readonly errorCode: string | undefined;
}

export interface OperationalEventStore {
  /**
   * Stores the event unless it is there, with a notice for each enabled endpoint of the app that has
   * `operationalEvents`. `false` when it was there.
   */
  add(event: OperationalEvent): Promise<boolean>;
  /** Newest first. */
  list(input: {
    tenantId: string;
    appId: string;
    endpointId?: string;
    type?: OperationalEventType;
    cursor?: string;
    limit: number;
  }): Promise<{ readonly items: readonly OperationalEvent[]; readonly nextCursor: string | undefined }>;
  /**
   * Takes notices that are due, so that no other process takes them before `leaseUntilMs`; each counts as an attempt
   * from then on.
   */
  takeDueNotices(input: {
    nowMs: number;
    leaseUntilMs: number;
    limit: number;
  }): Promise<readonly OperationalNotice[]>;
  recordNotice(result: NoticeResult): Promise<void>;
  /** Enabled endpoints of every tenant with a certificate of their own (`ca`, `mtls`), in the order of their ids. */
  listCertificateHolders(input: {
    after?: { readonly tenantId: string; readonly endpointId: string };
    limit: number;
  }): Promise<readonly Endpoint[]>;
  /** Forgets events older than this with their notices; answers the count, at most `limit`. */
  forget(input: { occurredBeforeMs: number; limit: number }): Promise<number>;
}
