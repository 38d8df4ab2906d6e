import type { RedactionSettingsStore, StoredRedactionSettings } from '@earshot/storage';

/** A store of redaction settings in memory; `damage` makes what a tenant has unreadable. */
export interface MemoryRedactionSettings extends RedactionSettingsStore {
  damage(tenantId: string): void;
}

export function createMemoryRedactionSettings(): MemoryRedactionSettings {
  const rows = new Map<string, StoredRedactionSettings>();
  const get = (tenantId: string): StoredRedactionSettings => rows.get(tenantId) ?? { type: 'none' };
  return {
    get: async (tenantId) => get(tenantId),
    async update(tenantId, atMs, change) {
      const before = get(tenantId);
      const decided = change(before);
      if (decided.type === 'refuse') return { type: 'refused', because: decided.because };
      const revision = before.type === 'none' ? 1 : before.revision + 1;
      const { settings } = decided;
      const stored = { type: 'stored', revision, settings, updatedAtMs: atMs } as const;
      rows.set(tenantId, stored);
      return { type: 'updated', stored };
    },
    damage: (tenantId) => void rows.set(tenantId, { type: 'unreadable', revision: 7 }),
  };
}

export function failingRedactionSettings(error: Error): RedactionSettingsStore {
  return { get: () => Promise.reject(error), update: () => Promise.reject(error) };
}
