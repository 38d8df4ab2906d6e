import { AppError } from '@earshot/domain';
import type { OperationalEvent } from '@earshot/storage';
import { describe, expect, it } from 'vitest';
import { deliveriesUnderTest, readProblem } from '../../testing/deliveries-under-test.ts';

const EVENT: OperationalEvent = {
  tenantId: 'tenant-1',
  appId: 'app-1',
  eventId: 'evt_1',
  type: 'endpoint.disabled',
  endpointId: 'endpoint-1',
  data: { endpointId: 'endpoint-1', name: 'agent assist', reason: 'The target answered 410' },
  occurredAtMs: Date.UTC(2026, 10, 23, 12),
};

describe('GET events', () => {
  it('200 lists what happened', async () => {
    const { ask } = deliveriesUnderTest({ events: [EVENT], nextCursor: '7' });
    const response = await ask('GET', '/events');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      items: [
        {
          id: 'evt_1',
          type: 'endpoint.disabled',
          timestamp: '2026-11-23T12:00:00.000Z',
          data: { endpointId: 'endpoint-1', name: 'agent assist', reason: 'The target answered 410' },
        },
      ],
      nextCursor: '7',
    });
  });

  it('200 asks the store for tenant and app of the key, with the filters given', async () => {
    const { ask, askedEvents } = deliveriesUnderTest();
    await ask('GET', '/events?endpointId=e&type=delivery.dead&limit=7&cursor=5');
    await ask('GET', '/events');
    const owner = { tenantId: 'tenant-1', appId: 'app-1' };
    expect(askedEvents).toEqual([
      { ...owner, endpointId: 'e', type: 'delivery.dead', limit: 7, cursor: '5' },
      { ...owner, limit: 50 },
    ]);
  });

  it.each(['?type=other', '?limit=0', '?limit=101', '?cursor=nonsense'])('400-03 for %s', async (query) => {
    const { ask } = deliveriesUnderTest();
    expect(await readProblem(await ask('GET', `/events${query}`))).toMatchObject({
      status: 400,
      code: '400-03',
    });
  });

  it('401-01 with a wrong secret', async () => {
    const { ask } = deliveriesUnderTest();
    const refused = await ask('GET', '/events', undefined, { 'asapp-api-secret': 'wrong' });
    expect(await readProblem(refused)).toMatchObject({ status: 401, code: '401-01' });
  });

  it('403-01 without the scope webhooks:admin', async () => {
    const { ask } = deliveriesUnderTest({ scopes: ['messages:read'] });
    expect(await readProblem(await ask('GET', '/events'))).toMatchObject({ status: 403, code: '403-01' });
  });

  it('429-01 beyond the quota', async () => {
    const { ask } = deliveriesUnderTest({ requestsPerSecond: 1 });
    await ask('GET', '/events');
    expect(await readProblem(await ask('GET', '/events'))).toMatchObject({ status: 429, code: '429-01' });
  });

  it('503-01 while the store cannot answer', async () => {
    const listFails = new AppError('storage.unavailable', 'Cannot read', { retryable: true });
    const { ask } = deliveriesUnderTest({ listFails });
    expect(await readProblem(await ask('GET', '/events'))).toMatchObject({ status: 503, code: '503-01' });
  });
});
