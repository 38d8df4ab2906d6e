import { ERROR_CODES } from '@earshot/api';
import { refuse, type AppEnv } from '@earshot/http';
import type { Context } from 'hono';

/** Also for those of other tenants: whether they exist is not told. */
export function refuseUnknownDelivery(c: Context<AppEnv>): Response {
  return refuse(c, { code: ERROR_CODES.notFound, message: 'No delivery with this id' });
}

/** Also for those of other tenants and apps. */
export function refuseUnknownEndpoint(c: Context<AppEnv>): Response {
  return refuse(c, { code: ERROR_CODES.notFound, message: 'No endpoint with this id' });
}

export function refuseDisabledEndpoint(c: Context<AppEnv>): Response {
  const message = 'Cannot send again: the endpoint is disabled, enable it first';
  return refuse(c, { code: ERROR_CODES.conflict, message });
}

export function refuseDelivered(c: Context<AppEnv>): Response {
  return refuse(c, { code: ERROR_CODES.conflict, message: 'Cannot send again: it was delivered' });
}
