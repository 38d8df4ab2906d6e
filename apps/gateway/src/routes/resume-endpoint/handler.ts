import type { AppEnv } from '@earshot/http';
import type { Context } from 'hono';
import type { EndpointDeps } from '../../endpoints/endpoint-deps.ts';
import { findOwnEndpoint } from '../../endpoints/find-own-endpoint.ts';
import { presentOne } from '../../endpoints/present-endpoint.ts';
import { refuseUnknownEndpoint } from '../endpoint-refusals.ts';

/** POST /earshot/v1/endpoints/{endpointId}/resume */
export function resumeEndpoint(deps: EndpointDeps) {
  return async (c: Context<AppEnv>) => {
    const own = await findOwnEndpoint(deps.endpoints, c.get('key'), c.req.param('endpointId') ?? '');
    if (own === undefined) return refuseUnknownEndpoint(c);
    const { tenantId, endpointId } = own;
    const change = { tenantId, endpointId, paused: false, atMs: deps.clock.now() };
    const endpoint = await deps.endpoints.setPaused(change);
    await deps.wake(tenantId, endpointId);
    return endpoint === undefined ? refuseUnknownEndpoint(c) : c.json(await presentOne(deps, endpoint));
  };
}
