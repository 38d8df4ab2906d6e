import type { OutboundAuthConfig } from '@earshot/auth';

/** How a request to the endpoint authenticates; secret values are sealed apart from it, in `secrets`. */
export type EndpointAuth = OutboundAuthConfig;

/** What a durable message that fails does to those behind it in its lane. */
export type HeadOfLine = 'block' | 'skip-after-attempts';

export interface Endpoint {
  readonly tenantId: string;
  readonly appId: string;
  readonly endpointId: string;
  readonly name: string;
  readonly url: string;
  readonly enabled: boolean;
  /** Why it is disabled, when the system disabled it. */
  readonly stateReason: string | undefined;
  readonly policy: 'realtime' | 'durable';
  readonly pendingMax: number;
  readonly pendingAgeMaxMs: number;
  readonly timeoutMs: number;
  readonly auth: readonly EndpointAuth[];
  /** Whether it also gets the words of an utterance that is not finished, best effort. */
  readonly partials: boolean;
  readonly headOfLine: HeadOfLine;
  /** With `skip-after-attempts`. */
  readonly skipAfterAttempts: number;
  /** Most POSTs under way at once; undefined: what the deployment says. */
  readonly inFlightMax: number | undefined;
  /** Undefined: no limit. */
  readonly ratePerSecondMax: number | undefined;
  /** Whether it gets operational events instead of transcripts. */
  readonly operationalEvents: boolean;
  /** Since when nothing is sent to it; undefined while it is not paused. */
  readonly pausedAtMs: number | undefined;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** A secret of an endpoint, sealed by the vault with record id `endpoint:<endpointId>:<kind>`. */
export interface SealedEndpointSecret {
  /** `auth-secret`, `auth-secret-2` ... of the strategy at that place, `signing-secret-1` ... of the signature. */
  readonly kind: string;
  readonly sealed: Uint8Array;
}

export type EndpointFields = Omit<
  Endpoint,
  'tenantId' | 'appId' | 'endpointId' | 'createdAtMs' | 'updatedAtMs' | 'stateReason' | 'pausedAtMs'
>;

type FieldWithDefault =
  'headOfLine' | 'skipAfterAttempts' | 'inFlightMax' | 'ratePerSecondMax' | 'operationalEvents';

/** What a new endpoint needs; absent: `block`, 5 attempts, no limits of its own, no operational events. */
export type NewEndpointFields = Omit<EndpointFields, FieldWithDefault> &
  Partial<Pick<EndpointFields, FieldWithDefault>>;

export interface EndpointStore {
  create(input: {
    tenantId: string;
    appId: string;
    endpointId: string;
    fields: NewEndpointFields;
    secrets: readonly SealedEndpointSecret[];
    atMs: number;
  }): Promise<Endpoint>;
  get(tenantId: string, endpointId: string): Promise<Endpoint | undefined>;
  list(input: {
    tenantId: string;
    appId: string;
    cursor?: string;
    limit: number;
  }): Promise<{ readonly items: readonly Endpoint[]; readonly nextCursor: string | undefined }>;
  /**
   * Changes the fields that are given. `secrets` undefined leaves them as they are; otherwise they replace all but those of
   * `keptKinds`. With `ifUpdatedAtMs` nothing is changed, and the answer is undefined, when somebody else changed the
   * endpoint since: every change moves `updatedAtMs` on.
   */
  update(input: {
    tenantId: string;
    endpointId: string;
    fields: Partial<EndpointFields>;
    secrets: readonly SealedEndpointSecret[] | undefined;
    keptKinds?: readonly string[];
    ifUpdatedAtMs?: number;
    atMs: number;
  }): Promise<Endpoint | undefined>;
  /** Pauses or resumes; pausing twice keeps the first instant. */
  setPaused(input: {
    tenantId: string;
    endpointId: string;
    paused: boolean;
    atMs: number;
  }): Promise<Endpoint | undefined>;
  /** Disables it for a reason its owner is shown; `false` when it is unknown or was disabled already. */
  disable(input: { tenantId: string; endpointId: string; reason: string; atMs: number }): Promise<boolean>;
  /** Removes endpoint, secrets, lanes and pending deliveries. `false` when unknown. */
  delete(tenantId: string, endpointId: string): Promise<boolean>;
  getSecrets(tenantId: string, endpointId: string): Promise<readonly SealedEndpointSecret[]>;
  /**
   * Removes secrets that were rotated away and whose overlap ended before `endedBeforeMs`, of up to `limit` endpoints of
   * any tenant. Answers the count of secrets.
   */
  forgetSigningSecrets(ended: { endedBeforeMs: number; atMs: number; limit: number }): Promise<number>;
}

/** An enabled endpoint with `partials`, claimed for one process. */
export interface PartialsClaim {
  readonly tenantId: string;
  readonly appId: string;
  readonly endpointId: string;
}

/** Who sends partials: each endpoint that wants them belongs to one holder at a time. */
export interface PartialsClaims {
  /**
   * Takes or renews every endpoint with `partials` that nobody else holds, for `holdMs`; answers at most `limit`, all
   * that this holder holds now.
   */
  claim(input: { holder: string; holdMs: number; limit: number }): Promise<readonly PartialsClaim[]>;
  /** Gives up all claims of a holder, so that others need not wait for their end. */
  release(holder: string): Promise<void>;
}
