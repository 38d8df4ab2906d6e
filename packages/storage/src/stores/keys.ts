/** An API key as stored: the secret only as a keyed hash. */
export interface StoredApiKey {
  readonly tenantId: string;
  readonly appId: string;
  readonly apiId: string;
  readonly secretHash: Uint8Array;
  readonly scopes: readonly string[];
  readonly expiresAtMs: number | undefined;
  readonly revokedAtMs: number | undefined;
}

export interface NewApiKey extends StoredApiKey {
  /** What its owner calls it; default: the empty string. */
  readonly name?: string;
  /** Default: the clock of the database. */
  readonly createdAtMs?: number;
}

/** What may be shown of a key. */
export interface ApiKeyRecord extends Omit<StoredApiKey, 'secretHash'> {
  readonly name: string;
  readonly createdAtMs: number;
  /** Up to a minute old; undefined when it was never used. */
  readonly lastUsedAtMs: number | undefined;
}

export interface KeyStore {
  /** Found by id alone: the id is globally unique and names the tenant. */
  find(apiId: string): Promise<StoredApiKey | undefined>;
  insert(key: NewApiKey): Promise<void>;
  touch(apiId: string, usedAtMs: number): Promise<void>;
  /** A key of the app, whatever its state. */
  get(tenantId: string, appId: string, apiId: string): Promise<ApiKeyRecord | undefined>;
  /** The keys of the app in the order of their ids, those that are revoked or expired too. */
  list(input: {
    tenantId: string;
    appId: string;
    cursor?: string;
    limit: number;
  }): Promise<{ readonly items: readonly ApiKeyRecord[]; readonly nextCursor: string | undefined }>;
  /**
   * Inserts the key that follows another of the same app, which is revoked at `revokedAtMs` of it. `false`, and nothing
   * changed, when that one is unknown or has an end already.
   */
  rotate(input: {
    tenantId: string;
    appId: string;
    apiId: string;
    revokedAtMs: number;
    next: NewApiKey;
  }): Promise<boolean>;
  /** Revokes from `atMs` on, unless it is revoked from an earlier instant; `false` when unknown. */
  revoke(input: { tenantId: string; appId: string; apiId: string; atMs: number }): Promise<boolean>;
}

export interface TenantStore {
  /** The first tenant and app of an installation; the same ids on every call. */
  ensureDefault(names: { tenant: string; app: string }): Promise<{ tenantId: string; appId: string }>;
}

/** AWS accounts whose streams a tenant may listen to; `*` only in single-tenant mode. */
export interface KinesisSource {
  readonly tenantId: string;
  readonly accountId: string;
  readonly roleArn: string | undefined;
  readonly externalId: string | undefined;
}

export interface KinesisSourceStore {
  /** The source for the account, else the tenant's `*` source. */
  find(tenantId: string, accountId: string): Promise<KinesisSource | undefined>;
  put(source: KinesisSource): Promise<void>;
}

/** Wrapped per-tenant data keys, for the vault. */
export interface DataKeyRow {
  readonly keyId: string;
  readonly wrapped: Uint8Array;
}

export interface DataKeyStore {
  current(tenantId: string): Promise<DataKeyRow | undefined>;
  get(tenantId: string, keyId: string): Promise<DataKeyRow | undefined>;
  /** Insert-if-absent: answers the row that is current afterwards, which may be another process's. */
  insert(tenantId: string, row: DataKeyRow): Promise<DataKeyRow>;
}
