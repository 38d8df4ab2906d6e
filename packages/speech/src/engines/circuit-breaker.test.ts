import { describe, expect, it } from 'vitest';
import { CircuitBreaker } from './circuit-breaker.ts';

function breakerAt(time: { nowMs: number }): CircuitBreaker {
  return new CircuitBreaker({
    failuresMax: 2,
    openMs: 100,
    openMsMax: 300,
    clock: { now: () => time.nowMs },
  });
}

describe('CircuitBreaker', () => {
  it('opens after so many failures in a row, and no sooner', () => {
    const breaker = breakerAt({ nowMs: 0 });
    breaker.fail();
    breaker.succeed();
    breaker.fail();
    expect(breaker.admit()).toBe(true);
    breaker.fail();
    expect(breaker.state).toBe('open');
    expect(breaker.admit()).toBe(false);
  });

  it('lets one try through after its time, and closes when that succeeds', () => {
    const time = { nowMs: 0 };
    const breaker = breakerAt(time);
    breaker.fail();
    breaker.fail();
    time.nowMs = 99;
    expect(breaker.admit()).toBe(false);
    time.nowMs = 100;
    expect([breaker.admit(), breaker.admit()]).toEqual([true, false]);
    expect(breaker.state).toBe('half-open');
    breaker.succeed();
    expect([breaker.state, breaker.admit(), breaker.admit()]).toEqual(['closed', true, true]);
  });

  it('waits twice as long after each try that fails, up to its limit', () => {
    const time = { nowMs: 0 };
    const breaker = breakerAt(time);
    breaker.fail();
    breaker.fail();
    for (const waitMs of [100, 200, 300, 300]) {
      time.nowMs += waitMs - 1;
      expect(breaker.admit()).toBe(false);
      time.nowMs += 1;
      expect(breaker.admit()).toBe(true);
      breaker.fail();
    }
  });

  it('tries again at once where the try was given up', () => {
    const time = { nowMs: 0 };
    const breaker = breakerAt(time);
    breaker.fail();
    breaker.fail();
    time.nowMs = 100;
    expect(breaker.admit()).toBe(true);
    breaker.abstain();
    expect(breaker.admit()).toBe(true);
  });
});
