import { describe, expect, it } from 'vitest';
import { createInFlightLimit } from './in-flight-limit.ts';

const open = new AbortController().signal;

describe('createInFlightLimit', () => {
  it('admits up to the limit, then in the order of asking', async () => {
    const limit = createInFlightLimit(1);
    const admitted: string[] = [];
    const leaveFirst = await limit.enter(open);
    const enter = async (name: string): Promise<void> => {
      const leave = await limit.enter(open);
      admitted.push(name);
      leave?.();
    };
    const others = [enter('a'), enter('b'), enter('c')];
    expect({ waiting: limit.waitingCount, inFlight: limit.inFlightCount }).toEqual({
      waiting: 3,
      inFlight: 1,
    });
    leaveFirst?.();
    leaveFirst?.();
    await Promise.all(others);
    expect(admitted).toEqual(['a', 'b', 'c']);
    expect(limit.inFlightCount).toBe(0);
  });

  it('forgets who stops waiting', async () => {
    const limit = createInFlightLimit(1);
    const leave = await limit.enter(open);
    const stop = new AbortController();
    const waiting = limit.enter(stop.signal);
    stop.abort();
    expect(await waiting).toBeUndefined();
    expect(limit.waitingCount).toBe(0);
    leave?.();
    expect(await limit.enter(open)).toBeTypeOf('function');
  });

  it('admits nobody whose signal has fired', async () => {
    expect(await createInFlightLimit(1).enter(AbortSignal.abort())).toBeUndefined();
  });

  it('follows a limit that changes: those within stay, those who wait come in as it grows', async () => {
    const limit = createInFlightLimit(2);
    const leaves = [await limit.enter(open), await limit.enter(open)];
    const waiting = [limit.enter(open), limit.enter(open)];
    limit.setMax(1);
    leaves.pop()?.();
    expect([limit.inFlightCount, limit.waitingCount]).toEqual([1, 2]);
    limit.setMax(3);
    expect([limit.inFlightCount, limit.waitingCount]).toEqual([3, 0]);
    for (const leave of await Promise.all(waiting)) leave?.();
    expect(limit.inFlightCount).toBe(1);
  });
});
