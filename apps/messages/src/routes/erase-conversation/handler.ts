import type { AppEnv } from '@earshot/http';
import type { Context } from 'hono';
import { eraseNamed, type EraseDeps } from '../../retention/erase-named.ts';

/** DELETE /earshot/v1/conversations/{externalId} */
export function eraseConversation(deps: EraseDeps) {
  return async (c: Context<AppEnv>) =>
    await eraseNamed(c, deps, 'conversation', c.req.param('externalId') ?? '');
}
