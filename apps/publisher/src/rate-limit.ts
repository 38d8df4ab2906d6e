/** Attempts may come this much ahead of an even pace: the depth of the bucket. */
const BURST_MS = 100;

/** A token bucket, kept as the instant at which its next token is due at an even pace. */
export interface RateLimit {
  /** Takes a token and answers how long to wait for it. Undefined: no limit. */
  take(ratePerSecondMax: number | undefined, nowMs: number): number;
}

export function createRateLimit(): RateLimit {
  let nextAtMs = Number.NEGATIVE_INFINITY;
  return {
    take(ratePerSecondMax, nowMs) {
      if (ratePerSecondMax === undefined) return 0;
      const dueAtMs = Math.max(nextAtMs, nowMs - BURST_MS);
      nextAtMs = dueAtMs + 1000 / ratePerSecondMax;
      return Math.max(dueAtMs - nowMs, 0);
    },
  };
}
