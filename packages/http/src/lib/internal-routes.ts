import type { Health } from '@earshot/api';
import { within } from '@earshot/domain';
import type { Logger, Metrics } from '@earshot/telemetry';
import type { Context, Handler } from 'hono';
import { Hono } from 'hono';

/** Answers when everything the app needs works; throws or rejects when something does not. */
export type ReadyCheck = () => Promise<void>;

const READY_TIMEOUT_MS = 3000;

export interface InternalRouteOptions {
  readonly logger: Logger;
  readonly metrics: Metrics | undefined;
  readonly checkReady: ReadyCheck | undefined;
}

/** `/livez`, `/readyz` and `/metrics`: without a key, so never routed to from outside. */
export function internalRoutes({ logger, metrics, checkReady }: InternalRouteOptions): Hono {
  const routes = new Hono();
  routes.get('/livez', (c) => c.json({ status: 'ok' }));
  routes.get('/readyz', async (c) => {
    const ready = await isReady(checkReady, logger);
    return ready ? c.json({ status: 'ok' }) : c.json({ status: 'unavailable' }, 503);
  });
  routes.get('/metrics', async (c) => {
    if (metrics === undefined) return c.text('', 404);
    const { body, contentType } = await metrics.render();
    return c.body(body, 200, { 'content-type': contentType });
  });
  return routes;
}

/** Handler of the public `GET /v1/health`: always 200, the answer is in the body. */
export function healthRoute(checkReady: ReadyCheck, logger: Logger): Handler {
  return async (c: Context) => {
    const health: Health = { healthCheck: (await isReady(checkReady, logger)) ? 'SUCCESS' : 'FAILED' };
    return c.json(health);
  };
}

async function isReady(check: ReadyCheck | undefined, logger: Logger): Promise<boolean> {
  if (check === undefined) return true;
  const late = (): Error => new Error(`Cannot check readiness within ${READY_TIMEOUT_MS} ms`);
  try {
    await within(check(), READY_TIMEOUT_MS, late);
    return true;
  } catch (error) {
    logger.warn('http.not-ready', { error });
    return false;
  }
}
