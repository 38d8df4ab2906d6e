import type { AppEnv } from '@earshot/http';
import type { EndpointStore } from '@earshot/storage';
import type { Context } from 'hono';
import { findOwnEndpoint } from '../../endpoints/find-own-endpoint.ts';
import { presentEndpoint } from '../../endpoints/present-endpoint.ts';
import { refuseUnknownEndpoint } from '../endpoint-refusals.ts';

/** GET /earshot/v1/endpoints/{endpointId} */
export function getEndpoint(endpoints: Pick<EndpointStore, 'get'>) {
  return async (c: Context<AppEnv>) => {
    const endpoint = await findOwnEndpoint(endpoints, c.get('key'), c.req.param('endpointId') ?? '');
    return endpoint === undefined ? refuseUnknownEndpoint(c) : c.json(presentEndpoint(endpoint));
  };
}
