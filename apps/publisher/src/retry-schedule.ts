const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** How long to wait after the first, second ... failed attempt; after one more the message is a dead letter. */
export const RETRY_DELAYS_MS: readonly number[] = [
  SECOND_MS,
  3 * SECOND_MS,
  10 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  6 * HOUR_MS,
  24 * HOUR_MS,
];

/** Up or down by this share, so that what failed together does not come back together. */
const JITTER_SHARE = 0.1;

/**
 * How long to wait after the given count of failed attempts (1, 2 ...); undefined when it was the last one.
 *
 * @param random in [0, 1)
 */
export function retryDelayMs(failedCount: number, random: number): number | undefined {
  const delayMs = RETRY_DELAYS_MS[failedCount - 1];
  return delayMs === undefined ? undefined : Math.round(delayMs * (1 + JITTER_SHARE * (2 * random - 1)));
}
