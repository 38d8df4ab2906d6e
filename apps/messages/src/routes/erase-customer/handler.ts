import type { AppEnv } from '@earshot/http';
import type { Context } from 'hono';
import { eraseNamed, type EraseDeps } from '../../retention/erase-named.ts';

/** DELETE /earshot/v1/customers/{customerExternalId} */
export function eraseCustomer(deps: EraseDeps) {
  return async (c: Context<AppEnv>) =>
    await eraseNamed(c, deps, 'customer', c.req.param('customerExternalId') ?? '');
}
