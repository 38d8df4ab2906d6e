/** How a request to the endpoint authenticates; secret values are sealed apart from it, in `secrets`. */
export type EndpointAuth = {
  readonly type: 'secret';
  readonly name: string;
  readonly in: 'header' | 'query';
};

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
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** A secret of an endpoint, sealed by the vault with record id `endpoint:<endpointId>:<kind>`. */
export interface SealedEndpointSecret {
  /** `auth-secret` for the named-secret strategy. */
  readonly kind: string;
  readonly sealed: Uint8Array;
}

export type EndpointFields = Omit<
  Endpoint,
  'tenantId' | 'appId' | 'endpointId' | 'createdAtMs' | 'updatedAtMs' | 'stateReason'
>;

export interface EndpointStore {
  create(input: {
    tenantId: string;
    appId: string;
    endpointId: string;
    fields: EndpointFields;
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
  /** `secrets` undefined leaves them as they are; otherwise they replace all. */
  update(input: {
    tenantId: string;
    endpointId: string;
    fields: Partial<EndpointFields>;
    secrets: readonly SealedEndpointSecret[] | undefined;
    atMs: number;
  }): Promise<Endpoint | undefined>;
  /** Removes endpoint, secrets, lanes and pending deliveries. `false` when unknown. */
  delete(tenantId: string, endpointId: string): Promise<boolean>;
  getSecrets(tenantId: string, endpointId: string): Promise<readonly SealedEndpointSecret[]>;
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
