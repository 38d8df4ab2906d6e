import { ERROR_CODES, type RotateBody } from '@earshot/api';
import { refuse, type AppEnv, type JsonBody } from '@earshot/http';
import type { Context } from 'hono';
import type { KeyDeps } from '../../keys/key-deps.ts';
import { overlapMs } from '../../keys/overlap.ts';
import { presentMadeKey } from '../../keys/present-key.ts';
import { rotateKey as rotate } from '../../keys/rotate-key.ts';
import { refuseUnknownKey } from '../key-refusals.ts';

/** POST /earshot/v1/keys/{apiId}/rotate */
export function rotateKey(deps: KeyDeps) {
  return async (c: Context<AppEnv, string, JsonBody<RotateBody>>) => {
    const apiId = c.req.param('apiId') ?? '';
    const outcome = await rotate(deps, c.get('key'), apiId, overlapMs(c.req.valid('json')));
    switch (outcome.type) {
      case 'unknown':
        return refuseUnknownKey(c);
      case 'beyond': {
        const message = `The key lacks the scope ${outcome.scopes.join(', ')}`;
        return refuse(c, { code: ERROR_CODES.forbidden, message });
      }
      case 'over': {
        const message = 'The key was rotated or revoked before, or has expired';
        return refuse(c, { code: ERROR_CODES.conflict, message });
      }
      case 'made':
        return c.json(presentMadeKey(outcome, deps.clock.now()), 201);
    }
  };
}
