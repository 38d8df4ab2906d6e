import type { CreateEndpointBody } from '@earshot/api';
import type { AppEnv, JsonBody } from '@earshot/http';
import type { Context } from 'hono';
import { createEndpoint as create, type EndpointDeps } from '../../endpoints/create-endpoint.ts';
import { presentEndpoint } from '../../endpoints/present-endpoint.ts';
import { refuseFields } from '../endpoint-refusals.ts';

/** POST /earshot/v1/endpoints */
export function createEndpoint(deps: EndpointDeps) {
  return async (c: Context<AppEnv, string, JsonBody<CreateEndpointBody>>) => {
    const { tenantId, appId } = c.get('key');
    const outcome = await create(deps, { tenantId, appId }, c.req.valid('json'));
    if (outcome.type === 'invalid') return refuseFields(c, outcome.problems);
    return c.json(presentEndpoint(outcome.endpoint), 201);
  };
}
