import type { AppEnv } from '@earshot/http';
import type { VocabularyStore } from '@earshot/storage';
import type { Context } from 'hono';
import { presentVocabulary } from '../../vocabularies/present-vocabulary.ts';
import { refuseUnknownVocabulary } from '../vocabulary-refusals.ts';

/** DELETE /configuration/v1/custom-vocabularies/{customVocabularyId}: 200 with what was removed */
export function deleteCustomVocabulary(vocabularies: Pick<VocabularyStore, 'delete'>) {
  return async (c: Context<AppEnv>) => {
    const removed = await vocabularies.delete(c.get('key').tenantId, c.req.param('customVocabularyId') ?? '');
    return removed === undefined ? refuseUnknownVocabulary(c) : c.json(presentVocabulary(removed));
  };
}
