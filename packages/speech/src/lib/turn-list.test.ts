import { describe, expect, it } from 'vitest';
import { TurnList } from './turn-list.ts';

const item = (callId: string, name: number): { callId: string; name: number } => ({ callId, name });

describe('TurnList', () => {
  it('gives each call its turn and keeps the order within a call', () => {
    const list = new TurnList<{ callId: string; name: number }>();
    for (const each of [item('a', 1), item('a', 2), item('b', 3), item('b', 4), item('c', 5)]) list.add(each);
    const taken = Array.from({ length: 6 }, () => list.take()?.name);
    expect(taken).toEqual([1, 3, 5, 2, 4, undefined]);
    expect(list.size).toBe(0);
  });

  it('lets a call that comes again wait behind those that have waited', () => {
    const list = new TurnList<{ callId: string; name: number }>();
    for (const each of [item('a', 1), item('b', 2)]) list.add(each);
    expect(list.take()?.name).toBe(1);
    list.add(item('a', 3));
    expect([list.take()?.name, list.take()?.name]).toEqual([2, 3]);
  });

  it('removes what still waits, once', () => {
    const list = new TurnList<{ callId: string; name: number }>();
    const [first, second] = [item('a', 1), item('a', 2)];
    list.add(first);
    list.add(second);
    expect([list.remove(first), list.remove(first), list.size, list.take()?.name]).toEqual([
      true,
      false,
      1,
      2,
    ]);
  });
});
