import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApiUnderTest, type ApiUnderTest } from '../testing/api-under-test.ts';
import { UsageError } from '../verb.ts';
import { deliveries } from './deliveries.ts';

const DELIVERY = {
  id: '1042',
  endpointId: 'e1',
  guid: 'guid-1',
  messageId: 'm1',
  sequence: 2,
  state: 'dead',
  attempts: 2,
  lastStatus: 503,
  lastError: 'Cannot deliver message: the target did not answer 2xx (status 503)',
  createdAt: '2026-11-23T12:00:00.000Z',
};
const DETAIL = {
  ...DELIVERY,
  nextAttemptAt: '2026-11-23T12:05:00.000Z',
  replayedAt: '2026-11-23T12:04:00.000Z',
  attemptList: [
    { attempt: 1, attemptedAt: '2026-11-23T12:00:00.000Z', durationMs: 5000, errorCode: 'webhook.timeout' },
    {
      attempt: 2,
      attemptedAt: '2026-11-23T12:00:06.000Z',
      durationMs: 12,
      status: 503,
      errorCode: 'webhook.status',
      detail: 'it answered 503',
      responsePreview: 'overloaded',
    },
  ],
};
const LINE =
  '1042  2026-11-23T12:00:00.000Z  dead       guid-1 #2  2 attempts  503  Cannot deliver message: the target did not answer 2xx (status 503)';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApiUnderTest();
});
beforeEach(() => {
  api.asked.splice(0);
  api.answer(() => ({ body: DETAIL }));
});
afterAll(() => api.close());

const run = (...args: readonly string[]) => api.run(deliveries, ...args);

describe('earshot deliveries', () => {
  it('lists those asked for, and no more than the limit', async () => {
    api.answer(() => ({ body: { items: [DELIVERY, DELIVERY], nextCursor: 'c' } }));
    const { lines } = await run('list', '--endpoint', 'e1', '--guid', 'g', '--state', 'dead', '--limit', '3');
    expect(lines).toEqual([LINE, LINE, LINE]);
    const path = '/earshot/v1/deliveries?endpointId=e1&guid=g&state=dead&limit=100';
    expect(api.asked.map((one) => one.path)).toEqual([path, `${path}&cursor=c`]);
  });

  it('says when there are none', async () => {
    api.answer(() => ({ body: { items: [] } }));
    expect((await run('list')).lines).toEqual(['No deliveries']);
  });

  it('shows every attempt', async () => {
    expect((await run('show', '1042')).lines).toEqual([
      LINE,
      '  endpoint e1, message m1',
      '  next attempt at 2026-11-23T12:05:00.000Z',
      '  asked for again at 2026-11-23T12:04:00.000Z',
      '  1. 2026-11-23T12:00:00.000Z  5000 ms  webhook.timeout',
      '  2. 2026-11-23T12:00:06.000Z  12 ms  status 503, webhook.status, it answered 503',
      '     answered: overloaded',
    ]);
    expect(JSON.parse((await run('show', '1042', '--json')).lines.join(''))).toEqual(DETAIL);
  });

  it('asks for another try', async () => {
    await run('retry', '1042');
    expect(api.asked).toEqual([
      { method: 'POST', path: '/earshot/v1/deliveries/1042/retry', body: undefined },
    ]);
  });

  it.each([
    [],
    ['show'],
    ['list', '1'],
    ['show', '1', '2'],
    ['show', '1', '--state', 'dead'],
    ['list', '--state', 'gone'],
    ['list', '--limit', '0'],
    ['forget', '1'],
  ])('says what is expected instead of %j %j %j', async (...args) => {
    await expect(run(...args.filter((arg) => typeof arg === 'string'))).rejects.toThrow(UsageError);
    expect(api.asked).toEqual([]);
  });
});
