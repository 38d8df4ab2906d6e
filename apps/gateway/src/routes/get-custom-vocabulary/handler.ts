import type { AppEnv } from '@earshot/http';
import type { VocabularyStore } from '@earshot/storage';
import type { Context } from 'hono';
import { presentVocabulary } from '../../vocabularies/present-vocabulary.ts';
import { readVocabularyId } from '../../vocabularies/vocabulary-id.ts';
import { refuseUnknownVocabulary } from '../vocabulary-refusals.ts';

/** GET /configuration/v1/custom-vocabularies/{customVocabularyId} */
export function getCustomVocabulary(vocabularies: Pick<VocabularyStore, 'get'>) {
  return async (c: Context<AppEnv>) => {
    const id = readVocabularyId(c);
    const found = id === undefined ? undefined : await vocabularies.get(c.get('key').tenantId, id);
    return found === undefined ? refuseUnknownVocabulary(c) : c.json(presentVocabulary(found));
  };
}
