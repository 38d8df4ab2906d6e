import { ERROR_CODES, type CustomVocabularyPage, type PageQuery } from '@earshot/api';
import { refuse, type AppEnv, type QueryParams } from '@earshot/http';
import type { VocabularyStore } from '@earshot/storage';
import type { Context } from 'hono';
import { pageById } from '../../paging/page-by-id.ts';
import { presentVocabulary } from '../../vocabularies/present-vocabulary.ts';

const PAGE_ITEM_COUNT = 20;

/** GET /configuration/v1/custom-vocabularies: a tenant has few enough entries to read them all for a page. */
export function listCustomVocabularies(vocabularies: Pick<VocabularyStore, 'list'>) {
  return async (c: Context<AppEnv, string, QueryParams<PageQuery>>) => {
    const { cursor, limit = PAGE_ITEM_COUNT } = c.req.valid('query');
    const all = await vocabularies.list(c.get('key').tenantId);
    const page = pageById(all, { limit, ...(cursor === undefined ? {} : { cursor }) });
    if (page.type === 'cursor-invalid') {
      const message = '/cursor must be the nextCursor or prevCursor of a page';
      return refuse(c, { code: ERROR_CODES.invalidField, message });
    }
    const answer: CustomVocabularyPage = {
      customVocabularies: page.items.map(presentVocabulary),
      nextCursor: page.nextCursor ?? null,
      prevCursor: page.prevCursor ?? null,
    };
    return c.json(answer);
  };
}
