import type { NewApiKey } from '@earshot/storage';

/** A key of the app of the tests; its secret opens nothing. */
export function storedKey(apiId: string, change: Partial<NewApiKey> = {}): NewApiKey {
  return {
    tenantId: 'tenant-1',
    appId: 'app-1',
    apiId,
    secretHash: new Uint8Array(32),
    scopes: ['stream:write'],
    expiresAtMs: undefined,
    revokedAtMs: undefined,
    name: 'calls',
    createdAtMs: 0,
    ...change,
  };
}
