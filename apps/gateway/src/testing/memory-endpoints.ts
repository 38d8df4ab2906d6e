import type { Endpoint, EndpointStore, SealedEndpointSecret } from '@earshot/storage';

const FIELD_DEFAULTS = {
  headOfLine: 'block',
  skipAfterAttempts: 5,
  inFlightMax: undefined,
  ratePerSecondMax: undefined,
  operationalEvents: false,
} as const;

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
  const put = (row: Endpoint, atMs: number): Endpoint => {
    const updated = { ...row, updatedAtMs: Math.max(atMs, row.updatedAtMs + 1) };
    rows.set(row.endpointId, updated);
    return updated;
  };
  return {
    secrets,
    async create({ tenantId, appId, endpointId, fields, secrets: sealed, atMs }) {
      const ids = { tenantId, appId, endpointId, createdAtMs: atMs, updatedAtMs: atMs };
      const endpoint = {
        ...ids,
        ...FIELD_DEFAULTS,
        ...fields,
        stateReason: undefined,
        pausedAtMs: undefined,
      };
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
    async update(input) {
      const { tenantId, endpointId, fields, secrets: sealed, keptKinds = [], ifUpdatedAtMs, atMs } = input;
      const row = find(tenantId, endpointId);
      if (row === undefined || (ifUpdatedAtMs ?? row.updatedAtMs) !== row.updatedAtMs) return undefined;
      const kept = (secrets.get(endpointId) ?? []).filter(({ kind }) => keptKinds.includes(kind));
      if (sealed !== undefined) secrets.set(endpointId, [...kept, ...sealed]);
      const enabled = fields.enabled === true ? { stateReason: undefined } : {};
      return put({ ...row, ...fields, ...enabled }, atMs);
    },
    forgetSigningSecrets: async () => 0,
    async setPaused({ tenantId, endpointId, paused, atMs }) {
      const row = find(tenantId, endpointId);
      if (row === undefined) return undefined;
      return put({ ...row, pausedAtMs: paused ? (row.pausedAtMs ?? atMs) : undefined }, atMs);
    },
    async disable({ tenantId, endpointId, reason, atMs }) {
      const row = find(tenantId, endpointId);
      if (row?.enabled !== true) return false;
      put({ ...row, enabled: false, stateReason: reason }, atMs);
      return true;
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
