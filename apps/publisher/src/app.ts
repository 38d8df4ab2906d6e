import { ERROR_CODES, validateListDeliveriesQuery } from '@earshot/api';
import type { Clock } from '@earshot/domain';
import {
  createApp,
  queryParams,
  requireScope,
  type AppEnv,
  type KeyLookup,
  type RateLimit,
  type ReadyCheck,
} from '@earshot/http';
import type { LaneStore } from '@earshot/storage';
import type { Logger, Metrics } from '@earshot/telemetry';
import type { Hono } from 'hono';
import { listDeliveries } from './routes/list-deliveries/handler.ts';

export interface PublisherAppDeps {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly keys: KeyLookup;
  readonly rateLimit: RateLimit;
  readonly checkReady: ReadyCheck;
  readonly lanes: Pick<LaneStore, 'listDeliveries'>;
}

/** The route table; `createApp` puts request id, access log, credentials and quota before every route. */
export function createPublisherApp(deps: PublisherAppDeps): Hono<AppEnv> {
  const { logger, metrics, clock, keys, rateLimit, checkReady } = deps;
  const errorCodes = { 'storage.cursor-invalid': ERROR_CODES.invalidField };
  const app = createApp({ logger, metrics, clock, keys, rateLimit, checkReady, errorCodes });
  app.get(
    '/earshot/v1/deliveries',
    requireScope('webhooks:admin'),
    queryParams(validateListDeliveriesQuery),
    listDeliveries(deps.lanes),
  );
  return app;
}
