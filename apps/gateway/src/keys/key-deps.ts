import type { AuthenticatedKey } from '@earshot/auth';
import type { Clock } from '@earshot/domain';
import type { ApiKeyRecord, KeyStore } from '@earshot/storage';

export interface KeyDeps {
  readonly keys: Pick<KeyStore, 'get' | 'list' | 'insert' | 'rotate' | 'revoke'>;
  /** The keyed hash the store keeps of a secret. */
  readonly hashSecret: (apiId: string, apiSecret: string) => Uint8Array;
  readonly clock: Clock;
}

/** Whose request it is; its scopes are the most it can give. */
export type KeyOwner = Pick<AuthenticatedKey, 'tenantId' | 'appId' | 'apiId' | 'scopes'>;

/** A new key, with the secret that is shown this once. */
export interface MadeKey {
  readonly type: 'made';
  readonly record: ApiKeyRecord;
  readonly apiSecret: string;
}
