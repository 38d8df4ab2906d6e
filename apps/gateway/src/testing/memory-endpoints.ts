import type { Endpoint, EndpointStore, SealedEndpointSecret } from '@earshot/storage';

/** An endpoint store in memory; `secrets` shows what was stored sealed. */
export interface MemoryEndpoints extends EndpointStore {
  readonly secrets: ReadonlyMap<string, readonly SealedEndpointSecret[]>;
}

export function createMemoryEndpoints(): MemoryEndpoints {
  const rows = new Map<string, Endpoint>();
  const secrets = new Map<string, readonly SealedEndpointSecret[]>();
  const find = (tenantId: string, endpointId: string): Endpoint | undefined => {
    const row = rows.get(endpointId);
    return row?.tenantId === tenantId ? row : undefined;
  };
  return {
    secrets,
    async create({ tenantId, appId, endpointId, fields, secrets: sealed, atMs }) {
      const ids = { tenantId, appId, endpointId, createdAtMs: atMs, updatedAtMs: atMs };
      const endpoint = { ...ids, ...fields, stateReason: undefined };
      rows.set(endpointId, endpoint);
      secrets.set(endpointId, sealed);
      return endpoint;
    },
    get: async (tenantId, endpointId) => find(tenantId, endpointId),
    async list({ tenantId, appId, cursor = '0', limit }) {
      const own = [...rows.values()].filter((row) => row.tenantId === tenantId && row.appId === appId);
      const from = Number(cursor);
      const nextCursor = own.length > from + limit ? String(from + limit) : undefined;
      return { items: own.slice(from, from + limit), nextCursor };
    },
    async update({ tenantId, endpointId, fields, secrets: sealed, atMs }) {
      const row = find(tenantId, endpointId);
      if (row === undefined) return undefined;
      const updated = { ...row, ...fields, updatedAtMs: atMs };
      rows.set(endpointId, updated);
      if (sealed !== undefined) secrets.set(endpointId, sealed);
      return updated;
    },
    async delete(tenantId, endpointId) {
      if (find(tenantId, endpointId) === undefined) return false;
      secrets.delete(endpointId);
      return rows.delete(endpointId);
    },
    getSecrets: async (tenantId, endpointId) =>
      find(tenantId, endpointId) === undefined ? [] : (secrets.get(endpointId) ?? []),
  };
}
