import { systemClock, type Clock } from '@earshot/domain';
import type { Logger, Metrics } from '@earshot/telemetry';
import { Hono } from 'hono';
import { unroutedRefusal } from './allowed-methods.ts';
import type { AppEnv } from './app-env.ts';
import { authenticateRequest, type KeyLookup } from './authenticate-request.ts';
import { ERROR_STYLES, type ErrorStyle } from './error-style.ts';
import { internalRoutes, type ReadyCheck } from './internal-routes.ts';
import { limitRate } from './limit-rate.ts';
import { mapError, type ErrorCodeTable } from './map-error.ts';
import { noteKeyUse } from './note-key-use.ts';
import { observeRequest } from './observe-request.ts';
import { refuse } from './refuse.ts';
import type { RateLimit } from './token-bucket.ts';

export interface AppOptions {
  readonly logger: Logger;
  readonly keys: KeyLookup;
  /** Without it `/metrics` is 404. */
  readonly metrics?: Metrics;
  /** Asked by `/readyz`, at most 3 s. Without it the app is ready as soon as it answers. */
  readonly checkReady?: ReadyCheck;
  /** Per key. Default 100 requests per second. */
  readonly rateLimit?: RateLimit;
  /** `AppError` codes that are not 500 (or, when retryable, 503). */
  readonly errorCodes?: ErrorCodeTable;
  /** Error shape by path. Default: the contract's. */
  readonly errorStyles?: readonly ErrorStyle[];
  readonly clock?: Clock;
}

const RATE_LIMIT: RateLimit = { requestsPerSecond: 100 };

/**
 * The shell of an HTTP app. Routes added to what it returns are behind, in this order: request id and access log,
 * authentication, rate limit. A trailing slash is accepted on every path.
 */
export function createApp(options: AppOptions): Hono<AppEnv> {
  const { logger, keys, metrics, checkReady, errorCodes = {}, clock = systemClock } = options;
  const styles = options.errorStyles ?? ERROR_STYLES;
  const app = new Hono<AppEnv>({ strict: false });
  app.route('/', internalRoutes({ logger, metrics, checkReady }));
  app.use(observeRequest({ logger, metrics, styles }));
  app.use(authenticateRequest(keys, clock));
  if (keys.noteUse !== undefined) app.use(noteKeyUse(keys.noteUse, clock, logger));
  app.use(limitRate(options.rateLimit ?? RATE_LIMIT, clock));
  app.notFound((c) => refuse(c, unroutedRefusal(app, c)));
  app.onError((error, c) => {
    const refusal = mapError(error, c.get('errorStyle'), errorCodes);
    const event = refusal.code.startsWith('5') ? 'http.failed' : 'http.refused';
    logger.error(event, { requestId: c.get('requestId'), code: refusal.code, error });
    return refuse(c, refusal);
  });
  return app;
}
