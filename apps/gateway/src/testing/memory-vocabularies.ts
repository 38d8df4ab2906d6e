import { VOCABULARY_COUNT_MAX, type CustomVocabulary, type VocabularyStore } from '@earshot/storage';

/** A vocabulary store in memory; what it holds is in order of creation. */
export function createMemoryVocabularies(): VocabularyStore {
  const rows: CustomVocabulary[] = [];
  const own = (tenantId: string) => rows.filter((row) => row.tenantId === tenantId);
  const key = (phrase: string) => phrase.toLowerCase().trim().replaceAll(/\s+/g, ' ');
  return {
    async create({ tenantId, id, phrase, soundsLike, atMs }) {
      if (own(tenantId).some((row) => key(row.phrase) === key(phrase))) return { type: 'exists' };
      if (own(tenantId).length >= VOCABULARY_COUNT_MAX) {
        return { type: 'full', countMax: VOCABULARY_COUNT_MAX };
      }
      const vocabulary = { tenantId, id, phrase, soundsLike, createdAtMs: atMs };
      rows.push(vocabulary);
      return { type: 'created', vocabulary };
    },
    get: async (tenantId, id) => own(tenantId).find((row) => row.id === id),
    list: async (tenantId) => own(tenantId).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    async delete(tenantId, id) {
      const found = own(tenantId).find((row) => row.id === id);
      if (found !== undefined) rows.splice(rows.indexOf(found), 1);
      return found;
    },
  };
}

export function failingVocabularies(error: Error): VocabularyStore {
  const fail = () => Promise.reject(error);
  return { create: fail, get: fail, list: fail, delete: fail };
}
