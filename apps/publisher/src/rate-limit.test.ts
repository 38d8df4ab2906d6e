import { describe, expect, it } from 'vitest';
import { createRateLimit } from './rate-limit.ts';

describe('createRateLimit', () => {
  it.each([1, 3, 10, 250, 10_000])('lets %d a second through and a tenth of a second ahead', (rate) => {
    const limit = createRateLimit();
    const starts = Array.from({ length: rate * 5 }, () => limit.take(rate, 1000));
    for (let second = 0; second < 4; second += 1) {
      const started = starts.filter((atMs) => atMs >= second * 1000 && atMs < (second + 1) * 1000);
      expect(started.length).toBeLessThanOrEqual(rate * 1.1 + 1);
      expect(started.length).toBeGreaterThanOrEqual(rate * 0.9);
    }
  });

  it('saves up nothing while nobody comes', () => {
    const limit = createRateLimit();
    limit.take(10, 0);
    expect([1, 2, 3].map(() => limit.take(10, 3_600_000))).toEqual([0, 0, 100]);
  });

  it('waits for nothing without a limit', () => {
    const limit = createRateLimit();
    expect(Array.from({ length: 100 }, () => limit.take(undefined, 0)).every((waitMs) => waitMs === 0)).toBe(
      true,
    );
  });
});
