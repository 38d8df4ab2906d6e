import { ERROR_CODES } from '@earshot/api';
import type { Clock } from '@earshot/domain';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './app-env.ts';
import { refuse } from './refuse.ts';
import { createTokenBuckets, type BucketState, type RateLimit } from './token-bucket.ts';

/** 429 `429-01` beyond the quota of the key; every answer tells what is left, in both header forms. */
export function limitRate(limit: RateLimit, clock: Clock): MiddlewareHandler<AppEnv> {
  const buckets = createTokenBuckets(limit);
  return async (c, next) => {
    const state = buckets.take(c.get('key').apiId, clock.now());
    for (const [name, value] of Object.entries(rateHeaders(limit, state))) c.header(name, value);
    if (state.allowed) return await next();
    const headers = { 'retry-after': String(Math.max(1, toSeconds(state.nextInMs))) };
    const message = `Too many requests, the limit is ${limit.requestsPerSecond} per second`;
    return refuse(c, { code: ERROR_CODES.tooManyRequests, message, headers });
  };
}

function rateHeaders(limit: RateLimit, state: BucketState): Record<string, string> {
  const resetSeconds = toSeconds(state.fullInMs);
  return {
    'ratelimit-policy': `"key";q=${limit.requestsPerSecond};w=1`,
    ratelimit: `"key";r=${state.remainingCount};t=${resetSeconds}`,
    'x-ratelimit-limit': String(limit.requestsPerSecond),
    'x-ratelimit-remaining': String(state.remainingCount),
    'x-ratelimit-reset': String(resetSeconds),
  };
}

function toSeconds(durationMs: number): number {
  return Math.ceil(durationMs / 1000);
}
