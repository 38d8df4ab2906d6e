import type { Logger, Metrics } from '@earshot/telemetry';
import type { Context, MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { randomUUID } from 'node:crypto';
import type { AppEnv } from './app-env.ts';
import { errorStyleOf, type ErrorStyle } from './error-style.ts';

const DURATION_BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export interface ObserveOptions {
  readonly logger: Logger;
  readonly metrics: Metrics | undefined;
  readonly styles: readonly ErrorStyle[];
}

/**
 * Names the request and writes one line about its answer. The line holds the route, not the URL: query strings,
 * bodies and unknown paths may hold anything, also what customers said.
 */
export function observeRequest({ logger, metrics, styles }: ObserveOptions): MiddlewareHandler<AppEnv> {
  const durations = metrics?.histogram({
    name: 'earshot_http_request_duration_seconds',
    help: 'Time from a request to its answer',
    labels: ['method', 'route', 'status'],
    buckets: DURATION_BUCKETS_SECONDS,
  });
  return async (c, next) => {
    const startedAt = performance.now();
    c.set('requestId', randomUUID());
    c.set('errorStyle', errorStyleOf(c.req.path, styles));
    c.header('x-request-id', c.get('requestId'));
    c.header('cache-control', 'no-store');
    c.header('x-content-type-options', 'nosniff');
    await next();
    const durationMs = performance.now() - startedAt;
    const route = matchedRoute(c);
    const { method } = c.req;
    const { status } = c.res;
    durations?.observe(durationMs / 1000, { method, route, status: String(status) });
    const fields = { requestId: c.get('requestId'), method, route, status, code: c.get('errorCode') };
    logger.info('http.answered', { ...fields, durationMs: Math.round(durationMs), apiId: c.get('apiId') });
  };
}

/** The pattern a handler was found under; anything else is one word, so that labels stay few. */
function matchedRoute(c: Context<AppEnv>): string {
  const route = routePath(c, -1);
  return route.includes('*') ? 'unmatched' : route;
}
