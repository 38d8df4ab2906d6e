import type {
  CreateCustomVocabularyBody,
  CustomVocabulary,
  CustomVocabularyPage,
  PageQuery,
  paths,
} from '@earshot/api';
import type { Client } from 'openapi-fetch';
import { unwrap } from './unwrap.ts';

/** Words and names that transcription should know; needs the scope `admin`. Counts for calls that start from then on. */
export interface VocabularyCalls {
  /** One page, oldest first; `nextCursor` leads to the next and is null on the last. */
  list(query?: PageQuery): Promise<CustomVocabularyPage>;
  get(customVocabularyId: string): Promise<CustomVocabulary>;
  /** `409-01` where the phrase is there already, `422-01` where 200 entries are. */
  create(body: CreateCustomVocabularyBody): Promise<CustomVocabulary>;
  /** The entry as it was. */
  delete(customVocabularyId: string): Promise<CustomVocabulary>;
}

const ENTRIES = '/configuration/v1/custom-vocabularies';
const ENTRY = '/configuration/v1/custom-vocabularies/{customVocabularyId}';

export function vocabularyCalls(api: Client<paths>): VocabularyCalls {
  const byId = (customVocabularyId: string) => ({ params: { path: { customVocabularyId } } });
  return {
    list: async (query = {}) => await unwrap(api.GET(ENTRIES, { params: { query } })),
    get: async (id) => await unwrap(api.GET(ENTRY, byId(id))),
    create: async (body) => await unwrap(api.POST(ENTRIES, { body })),
    delete: async (id) => await unwrap(api.DELETE(ENTRY, byId(id))),
  };
}
