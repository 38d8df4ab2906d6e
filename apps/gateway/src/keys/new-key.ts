import { newApiKey } from '@earshot/auth';
import type { ApiKeyRecord, NewApiKey } from '@earshot/storage';
import type { KeyDeps, KeyOwner, MadeKey } from './key-deps.ts';

export interface NewKeyFields {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresAtMs: number | undefined;
}

/** A key of the owner's app that nobody has stored yet, and what will be shown of it. */
export function newKey(
  { hashSecret, clock }: KeyDeps,
  { tenantId, appId }: KeyOwner,
  { name, scopes, expiresAtMs }: NewKeyFields,
): { readonly row: NewApiKey; readonly made: MadeKey } {
  const { apiId, apiSecret } = newApiKey();
  const createdAtMs = clock.now();
  const shared = { tenantId, appId, apiId, name, scopes, expiresAtMs, revokedAtMs: undefined, createdAtMs };
  const record: ApiKeyRecord = { ...shared, lastUsedAtMs: undefined };
  return {
    row: { ...shared, secretHash: hashSecret(apiId, apiSecret) },
    made: { type: 'made', record, apiSecret },
  };
}
