import type { SpeechSettingsStore } from '@earshot/storage';

/** A store of chosen engines in memory. */
export function createMemorySpeechSettings(): SpeechSettingsStore {
  const engines = new Map<string, string | undefined>();
  return {
    getEngine: async (tenantId) => engines.get(tenantId),
    async setEngine({ tenantId, engine }) {
      engines.set(tenantId, engine);
    },
  };
}
