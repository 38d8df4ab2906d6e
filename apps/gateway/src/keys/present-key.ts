import type { ApiKey, ApiKeyWithSecret } from '@earshot/api';
import { isScope } from '@earshot/auth';
import type { ApiKeyRecord } from '@earshot/storage';
import type { MadeKey } from './key-deps.ts';

export function presentKey(record: ApiKeyRecord, nowMs: number): ApiKey {
  const { expiresAtMs, revokedAtMs, lastUsedAtMs } = record;
  return {
    apiId: record.apiId,
    name: record.name,
    scopes: record.scopes.filter(isScope),
    state: stateOf(record, nowMs),
    createdAt: isoTime(record.createdAtMs),
    ...(expiresAtMs === undefined ? {} : { expiresAt: isoTime(expiresAtMs) }),
    ...(revokedAtMs === undefined ? {} : { revokedAt: isoTime(revokedAtMs) }),
    ...(lastUsedAtMs === undefined ? {} : { lastUsedAt: isoTime(lastUsedAtMs) }),
  };
}

export function presentMadeKey({ record, apiSecret }: MadeKey, nowMs: number): ApiKeyWithSecret {
  return { ...presentKey(record, nowMs), apiSecret };
}

function stateOf({ expiresAtMs, revokedAtMs }: ApiKeyRecord, nowMs: number): ApiKey['state'] {
  if (revokedAtMs !== undefined && revokedAtMs <= nowMs) return 'revoked';
  if (expiresAtMs !== undefined && expiresAtMs <= nowMs) return 'expired';
  return revokedAtMs === undefined ? 'active' : 'retiring';
}

function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}
