import type { AppEnv } from '@earshot/http';
import type { EndpointStore } from '@earshot/storage';
import type { Context } from 'hono';
import { runEndpointTest, type EndpointTestDeps } from '../../endpoint-test/run-endpoint-test.ts';
import { findOwnEndpoint } from '../../endpoints/find-own-endpoint.ts';
import type { InFlightLimit } from '../../in-flight-limit.ts';
import { refuseUnknownEndpoint } from '../refusals.ts';

/** POST /earshot/v1/endpoints/{endpointId}/test */
export function testEndpoint(
  deps: EndpointTestDeps,
  endpoints: Pick<EndpointStore, 'get'>,
  inFlight: InFlightLimit,
) {
  return async (c: Context<AppEnv>) => {
    const endpoint = await findOwnEndpoint(endpoints, c.get('key'), c.req.param('endpointId') ?? '');
    if (endpoint === undefined) return refuseUnknownEndpoint(c);
    const leave = await inFlight.enter(c.req.raw.signal);
    try {
      return c.json(await runEndpointTest(deps, endpoint));
    } finally {
      leave?.();
    }
  };
}
