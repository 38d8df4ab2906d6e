import { describe, expect, it } from 'vitest';
import { LiveInterest } from './live-interest.ts';

function interest(scopesMax = 100) {
  let nowMs = 1_000;
  const interest = new LiveInterest({ watchTtlMs: 25_000, scopesMax, now: () => nowMs });
  return { interest, pass: (ms: number) => (nowMs += ms) };
}

describe('LiveInterest', () => {
  it('forgets who has not asked for 25 s', () => {
    const { interest: asked, pass } = interest();
    asked.note({ tenantId: 't', conversationId: 'c', partials: true });
    pass(24_999);
    expect(asked.has('t', 'c', 'partials')).toBe(true);
    pass(1);
    expect(asked.has('t', 'c', 'any')).toBe(false);
  });

  it('goes on with partials for as long as one of several wants them', () => {
    const { interest: asked, pass } = interest();
    asked.note({ tenantId: 't', conversationId: 'c', partials: true });
    pass(20_000);
    asked.note({ tenantId: 't', conversationId: 'c', partials: false });
    expect(asked.has('t', 'c', 'partials')).toBe(true);
    pass(5_000);
    expect(asked.has('t', 'c', 'partials')).toBe(false);
    expect(asked.has('t', 'c', 'any')).toBe(true);
  });

  it('remembers a bounded number of scopes and makes room as they are forgotten', () => {
    const { interest: asked, pass } = interest(2);
    for (const conversationId of ['a', 'b', 'c'])
      asked.note({ tenantId: 't', conversationId, partials: false });
    expect(['a', 'b', 'c'].map((id) => asked.has('t', id, 'any'))).toEqual([true, true, false]);
    pass(25_000);
    asked.note({ tenantId: 't', conversationId: 'c', partials: false });
    expect(asked.has('t', 'c', 'any')).toBe(true);
  });

  it('does not take one pair of names for another', () => {
    const { interest: asked } = interest();
    asked.note({ tenantId: 'a","b', partials: false });
    asked.note({ tenantId: 't', conversationId: 'c', partials: false });
    expect(asked.has('a', 'b', 'any')).toBe(false);
    expect(asked.has('t', 'other', 'any')).toBe(false);
  });
});
