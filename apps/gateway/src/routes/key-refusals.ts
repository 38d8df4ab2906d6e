import { ERROR_CODES } from '@earshot/api';
import { refuse, type AppEnv } from '@earshot/http';
import type { Context } from 'hono';

/** Also for keys of other tenants and apps: whether they exist is not told. */
export function refuseUnknownKey(c: Context<AppEnv>): Response {
  return refuse(c, { code: ERROR_CODES.notFound, message: 'No key with this id' });
}
