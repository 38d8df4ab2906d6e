import { ERROR_CODES, problemText, type Problem } from '@earshot/api';
import { refuse, type AppEnv } from '@earshot/http';
import type { Context } from 'hono';

export function refuseFields(c: Context<AppEnv>, problems: readonly Problem[]): Response {
  return refuse(c, { code: ERROR_CODES.invalidField, message: problemText(problems), problems });
}

/** Also for endpoints of other tenants and apps: whether they exist is not told. */
export function refuseUnknownEndpoint(c: Context<AppEnv>): Response {
  return refuse(c, { code: ERROR_CODES.notFound, message: 'No endpoint with this id' });
}
