import type { ApiKeyPage, ApiKeyWithSecret, CreateKeyBody, PageQuery, paths, RotateBody } from '@earshot/api';
import type { Client } from 'openapi-fetch';
import { unwrap } from './unwrap.ts';

/** The API keys of the app; needs the scope `admin`. */
export interface KeyCalls {
  /** One page; `nextCursor` leads to the next. */
  list(query?: PageQuery): Promise<ApiKeyPage>;
  /** Only with scopes the key of this client has; `apiSecret` is shown this once. */
  create(body: CreateKeyBody): Promise<ApiKeyWithSecret>;
  /** A new key in the place of another, which is refused after `overlapSeconds`, default 86 400. */
  rotate(apiId: string, body?: RotateBody): Promise<ApiKeyWithSecret>;
  /** Refused with the next request; `409-01` for the key of this client. */
  revoke(apiId: string): Promise<void>;
}

const KEYS = '/earshot/v1/keys';
const KEY = '/earshot/v1/keys/{apiId}';

export function keyCalls(api: Client<paths>): KeyCalls {
  const byId = (apiId: string) => ({ params: { path: { apiId } } });
  return {
    list: async (query = {}) => await unwrap(api.GET(KEYS, { params: { query } })),
    create: async (body) => await unwrap(api.POST(KEYS, { body })),
    rotate: async (apiId, body = {}) => await unwrap(api.POST(`${KEY}/rotate`, { ...byId(apiId), body })),
    revoke: async (apiId) => {
      await unwrap(api.DELETE(KEY, byId(apiId)));
    },
  };
}
