import { ERROR_CODES } from '@earshot/api';
import { refuse, type AppEnv } from '@earshot/http';
import type { Context } from 'hono';
import type { KeyDeps } from '../../keys/key-deps.ts';
import { isKeyId } from '../../keys/key-id.ts';
import { refuseUnknownKey } from '../key-refusals.ts';

/** DELETE /earshot/v1/keys/{apiId} */
export function revokeKey({ keys, clock }: KeyDeps) {
  return async (c: Context<AppEnv>) => {
    const { tenantId, appId, apiId: own } = c.get('key');
    const apiId = c.req.param('apiId') ?? '';
    // The last key of an app could not be replaced: nobody would be left to make another.
    if (apiId === own) {
      const message = 'A key cannot revoke itself: use another, or rotate it with an overlap of 0 s';
      return refuse(c, { code: ERROR_CODES.conflict, message });
    }
    if (!isKeyId(apiId)) return refuseUnknownKey(c);
    const revoked = await keys.revoke({ tenantId, appId, apiId, atMs: clock.now() });
    return revoked ? c.body(null, 204) : refuseUnknownKey(c);
  };
}
