export interface RateLimit {
  /** Requests a key may send per second, and at once after a pause. Default 100. */
  readonly requestsPerSecond: number;
  /** Most keys remembered; beyond it the one not seen for longest starts anew. Default 10 000. */
  readonly keyCountMax?: number;
}

export interface BucketState {
  readonly allowed: boolean;
  /** Whole requests left at this moment. */
  readonly remainingCount: number;
  /** Until the bucket is full again. */
  readonly fullInMs: number;
  /** Until the next request is allowed; 0 when this one was. */
  readonly nextInMs: number;
}

export interface TokenBuckets {
  take(key: string, nowMs: number): BucketState;
}

interface Bucket {
  readonly tokens: number;
  readonly atMs: number;
}

const KEY_COUNT_MAX = 10_000;

/** One bucket per key, in this process only. */
export function createTokenBuckets(limit: RateLimit): TokenBuckets {
  const { requestsPerSecond, keyCountMax = KEY_COUNT_MAX } = limit;
  const buckets = new Map<string, Bucket>();
  const msPerToken = 1000 / requestsPerSecond;
  return {
    take: (key, nowMs) => {
      const before = buckets.get(key) ?? { tokens: requestsPerSecond, atMs: nowMs };
      const refilled = before.tokens + Math.max(0, nowMs - before.atMs) / msPerToken;
      const tokens = Math.min(requestsPerSecond, refilled);
      const allowed = tokens >= 1;
      const left = allowed ? tokens - 1 : tokens;
      // Taken out and put back, so that the first key of the map is the one not seen for longest.
      buckets.delete(key);
      buckets.set(key, { tokens: left, atMs: Math.max(nowMs, before.atMs) });
      if (buckets.size > keyCountMax) forgetOldest(buckets);
      return {
        allowed,
        remainingCount: Math.floor(left),
        fullInMs: (requestsPerSecond - left) * msPerToken,
        nextInMs: allowed ? 0 : (1 - left) * msPerToken,
      };
    },
  };
}

function forgetOldest(buckets: Map<string, Bucket>): void {
  const oldest = buckets.keys().next();
  if (oldest.done !== true) buckets.delete(oldest.value);
}
