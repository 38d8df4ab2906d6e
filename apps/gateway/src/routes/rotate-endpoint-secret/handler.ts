import { ERROR_CODES, type RotateBody } from '@earshot/api';
import { refuse, type AppEnv, type JsonBody } from '@earshot/http';
import type { Context } from 'hono';
import type { EndpointDeps } from '../../endpoints/endpoint-deps.ts';
import { presentOne } from '../../endpoints/present-endpoint.ts';
import { rotateEndpointSecret as rotate } from '../../endpoints/rotate-signing-secret.ts';
import { overlapMs } from '../../keys/overlap.ts';
import { refuseOutrun, refuseUnknownEndpoint } from '../endpoint-refusals.ts';

/** POST /earshot/v1/endpoints/{endpointId}/rotate-secret */
export function rotateEndpointSecret(deps: EndpointDeps) {
  return async (c: Context<AppEnv, string, JsonBody<RotateBody>>) => {
    const endpointId = c.req.param('endpointId') ?? '';
    const outcome = await rotate(deps, c.get('key'), endpointId, overlapMs(c.req.valid('json')));
    switch (outcome.type) {
      case 'unknown':
        return refuseUnknownEndpoint(c);
      case 'outrun':
        return refuseOutrun(c);
      case 'unsigned': {
        const message = 'The endpoint has no strategy of type signature';
        return refuse(c, { code: ERROR_CODES.conflict, message });
      }
      case 'changed':
        return c.json(await presentOne(deps, outcome.endpoint, outcome.signingSecret));
    }
  };
}
