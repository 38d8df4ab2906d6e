import type { UpdateEndpointBody } from '@earshot/api';
import type { AppEnv, JsonBody } from '@earshot/http';
import type { Context } from 'hono';
import type { EndpointDeps } from '../../endpoints/endpoint-deps.ts';
import { presentOne } from '../../endpoints/present-endpoint.ts';
import { updateEndpoint as update } from '../../endpoints/update-endpoint.ts';
import { refuseFields, refuseOutrun, refuseUnknownEndpoint } from '../endpoint-refusals.ts';

/** PATCH /earshot/v1/endpoints/{endpointId} */
export function updateEndpoint(deps: EndpointDeps) {
  return async (c: Context<AppEnv, string, JsonBody<UpdateEndpointBody>>) => {
    const outcome = await update(deps, c.get('key'), c.req.param('endpointId') ?? '', c.req.valid('json'));
    switch (outcome.type) {
      case 'invalid':
        return refuseFields(c, outcome.problems);
      case 'unknown':
        return refuseUnknownEndpoint(c);
      case 'outrun':
        return refuseOutrun(c);
      case 'changed':
        return c.json(await presentOne(deps, outcome.endpoint, outcome.signingSecret));
    }
  };
}
