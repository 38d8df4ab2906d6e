import type { CreateKeyBody } from '@earshot/api';
import type { AppEnv, JsonBody } from '@earshot/http';
import type { Context } from 'hono';
import { createKey as create } from '../../keys/create-key.ts';
import type { KeyDeps } from '../../keys/key-deps.ts';
import { presentMadeKey } from '../../keys/present-key.ts';
import { refuseFields } from '../endpoint-refusals.ts';

/** POST /earshot/v1/keys */
export function createKey(deps: KeyDeps) {
  return async (c: Context<AppEnv, string, JsonBody<CreateKeyBody>>) => {
    const outcome = await create(deps, c.get('key'), c.req.valid('json'));
    if (outcome.type === 'invalid') return refuseFields(c, outcome.problems);
    return c.json(presentMadeKey(outcome, deps.clock.now()), 201);
  };
}
