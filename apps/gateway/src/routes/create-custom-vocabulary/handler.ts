import { ERROR_CODES, type CreateCustomVocabularyBody } from '@earshot/api';
import { newUlid, type Clock } from '@earshot/domain';
import { refuse, type AppEnv, type JsonBody } from '@earshot/http';
import type { VocabularyStore } from '@earshot/storage';
import type { Context } from 'hono';
import { presentVocabulary } from '../../vocabularies/present-vocabulary.ts';

export interface CreateVocabularyDeps {
  readonly vocabularies: Pick<VocabularyStore, 'create'>;
  readonly clock: Clock;
}

/**
 * POST /configuration/v1/custom-vocabularies. A full vocabulary is 422 and not 409, since clients of the contract take
 * a 409 for "it is there already".
 */
export function createCustomVocabulary({ vocabularies, clock }: CreateVocabularyDeps) {
  return async (c: Context<AppEnv, string, JsonBody<CreateCustomVocabularyBody>>) => {
    const { phrase, soundsLike } = c.req.valid('json');
    const atMs = clock.now();
    const { tenantId } = c.get('key');
    const outcome = await vocabularies.create({ tenantId, id: newUlid(atMs), phrase, soundsLike, atMs });
    switch (outcome.type) {
      case 'created':
        return c.json(presentVocabulary(outcome.vocabulary), 201);
      case 'exists': {
        const message = 'A custom vocabulary with this phrase exists already';
        return refuse(c, { code: ERROR_CODES.conflict, message });
      }
      case 'full': {
        const message = `Cannot create custom vocabulary, the limit is ${outcome.countMax} entries`;
        return refuse(c, { code: ERROR_CODES.unprocessable, message });
      }
    }
  };
}
