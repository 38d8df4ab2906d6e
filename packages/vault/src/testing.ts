import type { DataKeyRow, DataKeyStore } from './lib/vault.ts';

/** A data key store in memory, with the store's guarantee: of concurrent inserts one wins and all get its row. */
export interface MemoryDataKeyStore extends DataKeyStore {
  /** Forgets which key is current, as a rotation does; the row stays readable by its id. */
  retireCurrent(tenantId: string): void;
}

export function createMemoryDataKeyStore(): MemoryDataKeyStore {
  const rows = new Map<string, DataKeyRow>();
  const current = new Map<string, DataKeyRow>();
  return {
    current: (tenantId) => Promise.resolve(current.get(tenantId)),
    get: (tenantId, keyId) => Promise.resolve(rows.get(`${tenantId}/${keyId}`)),
    insert(tenantId, row) {
      const winner = current.get(tenantId) ?? row;
      current.set(tenantId, winner);
      rows.set(`${tenantId}/${winner.keyId}`, winner);
      return Promise.resolve(winner);
    },
    retireCurrent(tenantId) {
      current.delete(tenantId);
    },
  };
}
