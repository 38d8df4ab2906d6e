import { ERROR_CODES } from '@earshot/api';
import { authenticate, hasScope, type Scope, type StoredKey } from '@earshot/auth';
import type { Clock } from '@earshot/domain';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './app-env.ts';
import type { NoteKeyUse } from './note-key-use.ts';
import { refuse } from './refuse.ts';

export interface KeyLookup {
  /** The key of an id, from the store; throws an `AppError` when the store cannot answer. */
  readonly findKey: (apiId: string) => Promise<StoredKey | undefined>;
  /** The keyed hash the store keeps of a secret, see `hashApiSecret` of @earshot/auth. */
  readonly hashSecret: (apiId: string, apiSecret: string) => Uint8Array;
  /** Told of each key that is used, at most once a minute; default: nobody is told. */
  readonly noteUse?: NoteKeyUse;
}

/** 401 `401-01` without valid credentials; the answer does not tell what was wrong with them. */
export function authenticateRequest(lookup: KeyLookup, clock: Clock): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const result = await authenticate(c.req.raw.headers, lookup.findKey, lookup.hashSecret, clock.now());
    if (!result.ok) {
      const headers = { 'www-authenticate': 'Bearer' };
      return refuse(c, { code: ERROR_CODES.unauthorized, message: 'Unauthorized', headers });
    }
    c.set('key', result.key);
    c.set('apiId', result.key.apiId);
    return await next();
  };
}

/** 403 `403-01` unless the key has one of the scopes. */
export function requireScope(...anyOf: readonly [Scope, ...Scope[]]): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const granted = c.get('key').scopes;
    if (anyOf.some((scope) => hasScope(granted, scope))) return await next();
    const message = `The key lacks the scope ${anyOf.join(' or ')}`;
    return refuse(c, { code: ERROR_CODES.forbidden, message });
  };
}
