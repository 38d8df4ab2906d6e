import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApiUnderTest, type ApiUnderTest } from '../testing/api-under-test.ts';
import { UsageError } from '../verb.ts';
import { events } from './events.ts';

const DISABLED = {
  id: 'evt_1',
  type: 'endpoint.disabled',
  timestamp: '2026-11-23T12:40:00.000Z',
  data: { endpointId: 'e1', name: 'assist', reason: 'The target answered 410' },
};
const DEAD = {
  id: 'evt_2',
  type: 'delivery.dead',
  timestamp: '2026-11-23T12:41:00.000Z',
  data: { endpointId: 'e1', name: 'assist', deliveryId: '7', attempts: 3, lastStatus: 503 },
};

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApiUnderTest();
});
beforeEach(() => void api.asked.splice(0));
afterAll(() => api.close());

const run = (...args: readonly string[]) => api.run(events, ...args);

describe('earshot events', () => {
  it('lists those asked for, newest first', async () => {
    api.answer(() => ({ body: { items: [DEAD, DISABLED] } }));
    expect((await run('list', '--endpoint', 'e1', '--type', 'delivery.dead')).lines).toEqual([
      '2026-11-23T12:41:00.000Z  delivery.dead                  assist (e1)  delivery 7, 3 attempts, status 503',
      '2026-11-23T12:40:00.000Z  endpoint.disabled              assist (e1)  The target answered 410',
    ]);
    expect(api.asked.map(({ path }) => path)).toEqual([
      '/earshot/v1/events?endpointId=e1&type=delivery.dead&limit=100',
    ]);
    expect((await run('list', '--json')).lines).toEqual([JSON.stringify({ items: [DEAD, DISABLED] })]);
  });

  it('says when there are none', async () => {
    api.answer(() => ({ body: { items: [] } }));
    expect((await run('list')).lines).toEqual(['No events']);
  });

  it('follows until it is stopped', async () => {
    const stop = new AbortController();
    api.answer(() => {
      stop.abort();
      return { body: { items: [] } };
    });
    expect(await api.runUntil(stop.signal, events, 'follow')).toEqual({ exitCode: 0, lines: [] });
  });

  it.each([[], ['show'], ['list', 'e1'], ['list', '--type', 'gone'], ['follow', '--limit', '3']])(
    'says what is expected instead of %j %j %j',
    async (...args) => {
      await expect(run(...args.filter((arg) => typeof arg === 'string'))).rejects.toThrow(UsageError);
      expect(api.asked).toEqual([]);
    },
  );
});
