import { describe, expect, it } from 'vitest';
import { groupCalls } from './group-calls.ts';

describe('groupCalls', () => {
  it('answers each item with its own answer', async () => {
    const group = groupCalls({
      itemCountMax: 10,
      run: async (items: readonly number[]) => items.map((n) => n * 2),
    });
    expect(await Promise.all([1, 2, 3].map((item) => group.call(item)))).toEqual([2, 4, 6]);
  });

  it('joins what comes while a group is under way, one group at a time and none too large', async () => {
    const gates = Array.from({ length: 4 }, () => Promise.withResolvers<void>());
    const sizes: number[] = [];
    let running = 0;
    const group = groupCalls({
      itemCountMax: 3,
      async run(items: readonly number[]) {
        running += 1;
        expect(running).toBe(1);
        sizes.push(items.length);
        await gates[sizes.length - 1]?.promise;
        running -= 1;
        return items;
      },
    });
    const first = group.call(0);
    await expect.poll(() => sizes.length).toBe(1);
    const later = Promise.all([1, 2, 3, 4].map((item) => group.call(item)));
    for (const gate of gates) gate.resolve();
    expect(await first).toBe(0);
    expect(await later).toEqual([1, 2, 3, 4]);
    expect(sizes).toEqual([1, 3, 1]);
  });

  it('rejects every item of a group that fails and goes on with the next', async () => {
    let calls = 0;
    const group = groupCalls({
      itemCountMax: 10,
      async run(items: readonly string[]) {
        calls += 1;
        if (calls === 1) throw new Error('away');
        return items;
      },
    });
    const results = await Promise.allSettled([group.call('a'), group.call('b')]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await group.call('c')).toBe('c');
  });

  it('rejects when the answers are not one for each item', async () => {
    const group = groupCalls({ itemCountMax: 10, run: async (_items: readonly number[]) => [] as number[] });
    await expect(group.call(1)).rejects.toThrow('got 0 for 1 items');
  });
});
