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

/** Others changed it faster than we could, several times in a row. */
export function refuseOutrun(c: Context<AppEnv>): Response {
  const message = 'The endpoint was changed by somebody else at the same time';
  return refuse(c, { code: ERROR_CODES.conflict, message });
}
