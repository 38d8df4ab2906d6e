import {
  ERROR_CODES,
  validateListDeliveriesQuery,
  validateListEventsQuery,
  validateReplayBody,
} from '@earshot/api';
import type { Clock } from '@earshot/domain';
import {
  createApp,
  jsonBody,
  queryParams,
  requireScope,
  type AppEnv,
  type KeyLookup,
  type RateLimit,
  type ReadyCheck,
} from '@earshot/http';
import type { DeliveryReplays, EndpointStore, LaneStore, OperationalEventStore } from '@earshot/storage';
import type { Logger, Metrics } from '@earshot/telemetry';
import type { Hono, MiddlewareHandler } from 'hono';
import type { EndpointTestDeps } from './endpoint-test/run-endpoint-test.ts';
import type { LaneWakingDeps } from './endpoints/wake-lanes.ts';
import { createInFlightLimit } from './in-flight-limit.ts';
import { getDelivery } from './routes/get-delivery/handler.ts';
import { listDeliveries } from './routes/list-deliveries/handler.ts';
import { listEvents } from './routes/list-events/handler.ts';
import { replayEndpoint } from './routes/replay-endpoint/handler.ts';
import { retryDelivery } from './routes/retry-delivery/handler.ts';
import { testEndpoint } from './routes/test-endpoint/handler.ts';

export interface PublisherAppDeps {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly keys: KeyLookup;
  readonly rateLimit: RateLimit;
  readonly checkReady: ReadyCheck;
  readonly lanes: Pick<LaneStore, 'listDeliveries'>;
  readonly replays: DeliveryReplays;
  readonly endpoints: Pick<EndpointStore, 'get'>;
  readonly events: Pick<OperationalEventStore, 'list'>;
  readonly waking: Pick<LaneWakingDeps, 'laneJobs' | 'notifications'>;
  readonly endpointTest: EndpointTestDeps;
}

/** Tests of endpoints under way at once in this process; others wait. */
const TESTS_IN_FLIGHT_MAX = 16;

/** The route table; `createApp` puts request id, access log, credentials and quota before every route. */
export function createPublisherApp(deps: PublisherAppDeps): Hono<AppEnv> {
  const { logger, metrics, clock, keys, rateLimit, checkReady } = deps;
  const errorCodes = { 'storage.cursor-invalid': ERROR_CODES.invalidField };
  const app = createApp({ logger, metrics, clock, keys, rateLimit, checkReady, errorCodes });
  const webhooks = requireScope('webhooks:admin');
  routeDeliveries(app, deps, webhooks);
  routeEndpoints(app, deps, webhooks);
  const query = queryParams(validateListEventsQuery);
  app.get('/earshot/v1/events', webhooks, query, listEvents(deps.events));
  return app;
}

function routeDeliveries(app: Hono<AppEnv>, deps: PublisherAppDeps, webhooks: MiddlewareHandler<AppEnv>) {
  const { lanes, replays, waking, clock, logger } = deps;
  const all = '/earshot/v1/deliveries';
  app.get(all, webhooks, queryParams(validateListDeliveriesQuery), listDeliveries(lanes));
  const one = `${all}/:deliveryId` as const;
  app.get(one, webhooks, getDelivery(replays));
  app.post(`${one}/retry`, webhooks, retryDelivery({ ...waking, replays, clock, logger }));
}

/** The rest of an endpoint is the gateway's business. */
function routeEndpoints(app: Hono<AppEnv>, deps: PublisherAppDeps, webhooks: MiddlewareHandler<AppEnv>) {
  const { endpoints, replays, waking, clock, logger } = deps;
  const one = '/earshot/v1/endpoints/:endpointId';
  const replay = replayEndpoint({ ...waking, replays, clock, logger }, endpoints);
  app.post(`${one}/replay`, webhooks, jsonBody(validateReplayBody), replay);
  const inFlight = createInFlightLimit(TESTS_IN_FLIGHT_MAX);
  app.post(`${one}/test`, webhooks, testEndpoint(deps.endpointTest, endpoints, inFlight));
}
