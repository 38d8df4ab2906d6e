import type { AppEnv } from '@earshot/http';
import type { Context } from 'hono';
import type { EndpointDeps } from '../../endpoints/endpoint-deps.ts';
import { findOwnEndpoint } from '../../endpoints/find-own-endpoint.ts';
import { presentOne } from '../../endpoints/present-endpoint.ts';
import { refuseUnknownEndpoint } from '../endpoint-refusals.ts';

/** GET /earshot/v1/endpoints/{endpointId} */
export function getEndpoint(deps: EndpointDeps) {
  return async (c: Context<AppEnv>) => {
    const endpoint = await findOwnEndpoint(deps.endpoints, c.get('key'), c.req.param('endpointId') ?? '');
    return endpoint === undefined ? refuseUnknownEndpoint(c) : c.json(await presentOne(deps, endpoint));
  };
}
