import type { ReplayBody, ReplayResult } from '@earshot/api';
import type { AppEnv, JsonBody } from '@earshot/http';
import type { EndpointStore } from '@earshot/storage';
import type { Context } from 'hono';
import { findOwnEndpoint } from '../../endpoints/find-own-endpoint.ts';
import { replayDeliveries, type ReplayDeps } from '../../endpoints/replay-deliveries.ts';
import { refuseDisabledEndpoint, refuseUnknownEndpoint } from '../refusals.ts';

/** POST /earshot/v1/endpoints/{endpointId}/replay */
export function replayEndpoint(deps: ReplayDeps, endpoints: Pick<EndpointStore, 'get'>) {
  return async (c: Context<AppEnv, string, JsonBody<ReplayBody>>) => {
    const endpoint = await findOwnEndpoint(endpoints, c.get('key'), c.req.param('endpointId') ?? '');
    if (endpoint === undefined) return refuseUnknownEndpoint(c);
    if (!endpoint.enabled) return refuseDisabledEndpoint(c);
    const { replayedCount, complete } = await replayDeliveries(deps, endpoint, c.req.valid('json'));
    const answer: ReplayResult = { replayed: replayedCount, complete };
    return c.json(answer, 202);
  };
}
