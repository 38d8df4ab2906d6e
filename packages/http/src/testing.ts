import { createHash } from 'node:crypto';
import type { Scope, StoredKey } from '@earshot/auth';
import type { KeyLookup } from './lib/authenticate-request.ts';

export interface FakeKey {
  readonly lookup: KeyLookup;
  /** The credentials in the compatible headers, with a JSON content type. */
  readonly headers: Readonly<Record<string, string>>;
}

/** One valid key with the scopes given, of tenant `tenant-1` and app `app-1`. */
export function fakeKey(...scopes: readonly Scope[]): FakeKey {
  const hashSecret = (apiId: string, apiSecret: string): Uint8Array =>
    createHash('sha256').update(`${apiId}\n${apiSecret}`).digest();
  const key: StoredKey = {
    tenantId: 'tenant-1',
    appId: 'app-1',
    apiId: 'test-key',
    secretHash: hashSecret('test-key', 'test-secret'),
    scopes,
    expiresAtMs: undefined,
    revokedAtMs: undefined,
  };
  return {
    lookup: { hashSecret, findKey: async (apiId) => (apiId === key.apiId ? key : undefined) },
    headers: {
      'asapp-api-id': 'test-key',
      'asapp-api-secret': 'test-secret',
      'content-type': 'application/json',
    },
  };
}
