import { ERROR_CODES } from '@earshot/api';
import { refuse, type AppEnv } from '@earshot/http';
import type { Context } from 'hono';

/** Also for entries of other tenants: whether they exist is not told. */
export function refuseUnknownVocabulary(c: Context<AppEnv>): Response {
  return refuse(c, { code: ERROR_CODES.notFound, message: 'No custom vocabulary with this id' });
}
