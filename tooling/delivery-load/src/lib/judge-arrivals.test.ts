import { describe, expect, it } from 'vitest';
import type { Arrival } from './arrival.ts';
import { judgeArrivals } from './judge-arrivals.ts';

const fine = { outOfOrder: 0, overlapping: 0, early: 0, doubled: 0, renamed: 0 };

function arrival(sequence: number, change: Partial<Arrival> = {}): Arrival {
  return {
    endpoint: 'e',
    guid: 'g',
    webhookId: `msg_${sequence}`,
    sequence,
    status: 200,
    answeredAtMs: 0,
    overlaps: false,
    isSigned: true,
    ...change,
  };
}

const refused = (sequence: number): Arrival => arrival(sequence, { status: 503 });

describe('judgeArrivals', () => {
  it.each<{ name: string; given: Arrival[]; want: Partial<typeof fine> }>([
    { name: 'one after the other', given: [arrival(1), arrival(2), arrival(3)], want: {} },
    { name: 'refused, then accepted', given: [arrival(1), refused(2), arrival(2), arrival(3)], want: {} },
    { name: 'accepted twice', given: [arrival(1), arrival(1), arrival(2)], want: { doubled: 1 } },
    {
      name: 'an earlier one late',
      given: [arrival(1), arrival(3), arrival(2)],
      want: { outOfOrder: 1, early: 1 },
    },
    { name: 'a later one before a refused one', given: [refused(1), arrival(2)], want: { early: 1 } },
    { name: 'two at once', given: [arrival(1), arrival(2, { overlaps: true })], want: { overlapping: 1 } },
    { name: 'a new id', given: [refused(1), arrival(1, { webhookId: 'msg_x' })], want: { renamed: 1 } },
    { name: 'other lanes', given: [arrival(2, { guid: 'h' }), arrival(1)], want: { early: 1 } },
    { name: 'nothing', given: [], want: {} },
  ])('counts what is wrong: $name', ({ given, want }) => {
    expect(judgeArrivals(given)).toEqual({ ...fine, ...want });
  });
});
