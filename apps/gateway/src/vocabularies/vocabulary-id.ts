import type { Context } from 'hono';
import type { AppEnv } from '@earshot/http';

const ID = /^[0-9A-Za-z]{1,64}$/;

/** The id of the path; one of another shape is simply unknown and never reaches the store. */
export function readVocabularyId(c: Context<AppEnv>): string | undefined {
  const id = c.req.param('customVocabularyId') ?? '';
  return ID.test(id) ? id : undefined;
}
