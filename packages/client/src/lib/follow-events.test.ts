import type { ListEventsQuery, OperationalEvent } from '@earshot/api';
import { describe, expect, it } from 'vitest';
import { followEvents } from './follow-events.ts';

const T0 = Date.parse('2026-11-23T12:00:00Z');

function event(id: string, atSeconds: number): OperationalEvent {
  const timestamp = new Date(T0 + atSeconds * 1000).toISOString();
  return { id, type: 'delivery.dead', timestamp, data: { endpointId: 'e1', name: 'assist' } };
}

/** A list that holds the events of `looks[n]` more at each look; the follow is stopped after the last. */
async function follow(before: readonly OperationalEvent[], looks: readonly (readonly OperationalEvent[])[]) {
  const stop = new AbortController();
  const asked: ListEventsQuery[] = [];
  const delaysMs: number[] = [];
  let stored = [...before];
  const list = async (query: ListEventsQuery) => {
    asked.push(query);
    const sorted = stored.toSorted((a, b) => Date.parse(b.timestamp) - Date.parse(a.timestamp));
    const from = Number(query.cursor ?? 0);
    const to = from + (query.limit ?? 0);
    return { items: sorted.slice(from, to), ...(to < sorted.length ? { nextCursor: String(to) } : {}) };
  };
  const delay = async (durationMs: number) => {
    const more = looks[delaysMs.length];
    delaysMs.push(durationMs);
    if (more === undefined) stop.abort();
    else stored = [...stored, ...more];
  };
  const told: string[] = [];
  for await (const { id } of followEvents(list, delay, { endpointId: 'e1' }, { signal: stop.signal })) {
    told.push(id);
  }
  return { told, asked, delaysMs };
}

describe('followEvents', () => {
  it('tells what happens from now on, once, the earliest first', async () => {
    const looks = [[event('b', 10), event('c', 11)], [], [event('d', 12)]];
    const { told, asked, delaysMs } = await follow([event('a', 0)], looks);
    expect(told).toEqual(['b', 'c', 'd']);
    expect(asked[0]).toEqual({ endpointId: 'e1', limit: 1 });
    expect(asked.every(({ endpointId }) => endpointId === 'e1')).toBe(true);
    expect(delaysMs).toEqual([5000, 5000, 5000, 5000]);
  });

  it('tells an event that is stored later than its time says', async () => {
    const { told } = await follow([event('a', 100)], [[event('c', 110)], [event('b', 90)]]);
    expect(told).toEqual(['c', 'b']);
  });

  it('begins where there is none yet, and reads more than a page of a look', async () => {
    const many = Array.from({ length: 250 }, (_, index) => event(`e${index}`, index));
    const { told } = await follow([], [many]);
    expect(told).toEqual(many.map(({ id }) => id));
  });

  it('does not tell again what it passed over at the beginning', async () => {
    const many = Array.from({ length: 250 }, (_, index) => event(`e${index}`, index / 10));
    const { told } = await follow(many, [[event('new', 60)]]);
    expect(told).toEqual(['new']);
  });
});
