import type { AppEnv } from '@earshot/http';
import type { VocabularyStore } from '@earshot/storage';
import type { Context } from 'hono';
import { presentVocabulary } from '../../vocabularies/present-vocabulary.ts';
import { readVocabularyId } from '../../vocabularies/vocabulary-id.ts';
import { refuseUnknownVocabulary } from '../vocabulary-refusals.ts';

/** DELETE /configuration/v1/custom-vocabularies/{customVocabularyId}: 200 with what was removed */
export function deleteCustomVocabulary(vocabularies: Pick<VocabularyStore, 'delete'>) {
  return async (c: Context<AppEnv>) => {
    const id = readVocabularyId(c);
    const removed = id === undefined ? undefined : await vocabularies.delete(c.get('key').tenantId, id);
    return removed === undefined ? refuseUnknownVocabulary(c) : c.json(presentVocabulary(removed));
  };
}
