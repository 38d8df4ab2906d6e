import { describe, expect, it } from 'vitest';
import { horizonOf, type SideReach } from './horizon.ts';

const side = (settledMs: number, heardMs: number, isSilent = true): SideReach => ({
  settledMs,
  heardMs,
  isSilent,
});
const NEVER = side(-Infinity, -Infinity);

describe('horizonOf', () => {
  it.each([
    { of: 'nothing', customer: NEVER, agent: NEVER, want: 0 },
    { of: 'two silent sides', customer: side(9750, 10_000), agent: side(9720, 9990), want: 9700 },
    { of: 'a side that speaks', customer: side(4210, 10_000, false), agent: side(9750, 10_000), want: 4200 },
    { of: 'a side that has just begun', customer: side(40, 300), agent: side(20, 310), want: 0 },
  ])('is where both sides are settled, of $of', ({ customer, agent, want }) => {
    expect(horizonOf({ customer, agent })).toEqual({ toMs: want, mutes: [] });
  });

  it('goes on without a side that never came', () => {
    expect(horizonOf({ customer: side(9750, 10_000), agent: NEVER })).toEqual({
      toMs: 8000,
      mutes: [{ role: 'agent', startMs: 0, endMs: 8000 }],
    });
  });

  it('goes on without a side that stays away, and keeps what of it is not settled silent', () => {
    expect(horizonOf({ customer: side(4750, 5000), agent: side(9750, 10_000) })).toEqual({
      toMs: 8000,
      mutes: [{ role: 'customer', startMs: 4750, endMs: 8000 }],
    });
  });

  it('waits longer for a side that stays away within speech', () => {
    const customer = side(4750, 5000, false);
    expect(horizonOf({ customer, agent: side(30_000, 30_200) })).toEqual({ toMs: 4700, mutes: [] });
    expect(horizonOf({ customer, agent: side(40_000, 40_200) })).toEqual({
      toMs: 10_200,
      mutes: [{ role: 'customer', startMs: 4750, endMs: 10_200 }],
    });
  });
});
