import type { ApiKeyRecord, KeyStore, NewApiKey, StoredApiKey } from '@earshot/storage';

/** A key store in memory; keys are listed in the order of their ids. */
export function createMemoryKeys(): KeyStore {
  const rows = new Map<string, StoredApiKey & ApiKeyRecord>();
  const find = (tenantId: string, appId: string, apiId: string) => {
    const row = rows.get(apiId);
    return row?.tenantId === tenantId && row.appId === appId ? row : undefined;
  };
  const insert = (key: NewApiKey): void => {
    rows.set(key.apiId, { name: '', createdAtMs: 0, ...key, lastUsedAtMs: undefined });
  };
  return {
    find: async (apiId) => rows.get(apiId),
    insert: async (key) => insert(key),
    async touch(apiId, usedAtMs) {
      const row = rows.get(apiId);
      if (row !== undefined) rows.set(apiId, { ...row, lastUsedAtMs: usedAtMs });
    },
    get: async (tenantId, appId, apiId) => find(tenantId, appId, apiId),
    async list({ tenantId, appId, cursor = '', limit }) {
      const own = [...rows.values()]
        .filter((row) => row.tenantId === tenantId && row.appId === appId && row.apiId > cursor)
        .toSorted((a, b) => (a.apiId < b.apiId ? -1 : 1));
      const items = own.slice(0, limit);
      return { items, nextCursor: own.length > limit ? items.at(-1)?.apiId : undefined };
    },
    async rotate({ tenantId, appId, apiId, revokedAtMs, next }) {
      const row = find(tenantId, appId, apiId);
      if (row === undefined || row.revokedAtMs !== undefined) return false;
      rows.set(apiId, { ...row, revokedAtMs });
      insert(next);
      return true;
    },
    async revoke({ tenantId, appId, apiId, atMs }) {
      const row = find(tenantId, appId, apiId);
      if (row === undefined) return false;
      rows.set(apiId, { ...row, revokedAtMs: Math.min(atMs, row.revokedAtMs ?? atMs) });
      return true;
    },
  };
}
