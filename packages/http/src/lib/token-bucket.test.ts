import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenBuckets } from './token-bucket.ts';

// The same cases in every run: a search for new ones is made on purpose, with another seed.
fc.configureGlobal({ seed: 20_261_123 });

describe('createTokenBuckets', () => {
  it('allows the quota at once, then one more for each share of a second', () => {
    const buckets = createTokenBuckets({ requestsPerSecond: 4 });
    const at = (nowMs: number) => buckets.take('a', nowMs).allowed;
    expect([at(0), at(0), at(0), at(0), at(0)]).toEqual([true, true, true, true, false]);
    expect([at(249), at(250), at(250)]).toEqual([false, true, false]);
  });

  it('counts each key apart', () => {
    const buckets = createTokenBuckets({ requestsPerSecond: 1 });
    expect([buckets.take('a', 0).allowed, buckets.take('b', 0).allowed]).toEqual([true, true]);
  });

  it('says how long until the next request and until the bucket is full', () => {
    const buckets = createTokenBuckets({ requestsPerSecond: 2 });
    buckets.take('a', 0);
    buckets.take('a', 0);
    expect(buckets.take('a', 100)).toEqual({
      allowed: false,
      remainingCount: 0,
      fullInMs: 900,
      nextInMs: 400,
    });
  });

  it('forgets the key not seen for longest beyond the limit', () => {
    const buckets = createTokenBuckets({ requestsPerSecond: 1, keyCountMax: 2 });
    for (const key of ['a', 'b', 'a', 'c']) buckets.take(key, 0);
    expect(buckets.take('a', 0).allowed).toBe(false);
    expect(buckets.take('b', 0).allowed).toBe(true);
  });

  it('never allows more than the quota plus what flowed in, also when the clock steps back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 200 }), (instantsMs) => {
        const buckets = createTokenBuckets({ requestsPerSecond: 5 });
        const allowed = instantsMs.filter((nowMs) => buckets.take('a', nowMs).allowed).length;
        const spanMs = Math.max(0, ...instantsMs) - (instantsMs[0] ?? 0);
        expect(allowed).toBeLessThanOrEqual(5 + spanMs / 200);
      }),
    );
  });
});
