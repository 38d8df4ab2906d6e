import type { AppEnv } from '@earshot/http';
import type { EndpointStore } from '@earshot/storage';
import type { Context } from 'hono';
import { findOwnEndpoint } from '../../endpoints/find-own-endpoint.ts';
import { refuseUnknownEndpoint } from '../endpoint-refusals.ts';

/** DELETE /earshot/v1/endpoints/{endpointId} */
export function deleteEndpoint(endpoints: Pick<EndpointStore, 'get' | 'delete'>) {
  return async (c: Context<AppEnv>) => {
    const endpoint = await findOwnEndpoint(endpoints, c.get('key'), c.req.param('endpointId') ?? '');
    if (endpoint === undefined) return refuseUnknownEndpoint(c);
    const deleted = await endpoints.delete(endpoint.tenantId, endpoint.endpointId);
    return deleted ? c.body(null, 204) : refuseUnknownEndpoint(c);
  };
}
