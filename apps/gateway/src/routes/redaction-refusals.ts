import { ERROR_CODES } from '@earshot/api';
import { refuse, type AppEnv } from '@earshot/http';
import type { Context } from 'hono';

export function refuseUnknownEntity(c: Context<AppEnv>): Response {
  return refuse(c, { code: ERROR_CODES.notFound, message: 'No redaction entity with this id' });
}
