import type { CreateEndpointBody } from '@earshot/api';
import type { AppEnv, JsonBody } from '@earshot/http';
import type { Context } from 'hono';
import { createEndpoint as create } from '../../endpoints/create-endpoint.ts';
import type { EndpointDeps } from '../../endpoints/endpoint-deps.ts';
import { presentOne } from '../../endpoints/present-endpoint.ts';
import { refuseFields } from '../endpoint-refusals.ts';

/** POST /earshot/v1/endpoints */
export function createEndpoint(deps: EndpointDeps) {
  return async (c: Context<AppEnv, string, JsonBody<CreateEndpointBody>>) => {
    const outcome = await create(deps, c.get('key'), c.req.valid('json'));
    if (outcome.type === 'invalid') return refuseFields(c, outcome.problems);
    return c.json(await presentOne(deps, outcome.endpoint, outcome.signingSecret), 201);
  };
}
