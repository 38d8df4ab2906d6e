import { describe, expect, it } from 'vitest';
import { deliveriesUnderTest, record } from '../../testing/deliveries-under-test.ts';

describe('GET deliveries 200', () => {
  it('shows what became of each message', async () => {
    const items = [
      record(),
      record({
        deliveryId: '1041',
        sequence: 1,
        state: 'failed',
        lastStatus: 503,
        lastError: 'webhook.status',
        deliveredAtMs: undefined,
      }),
      record({
        deliveryId: '1040',
        state: 'dropped',
        attempts: 0,
        lastStatus: undefined,
        lastError: 'deliveries.dropped',
        deliveredAtMs: undefined,
      }),
    ];
    const { get } = deliveriesUnderTest({ items, nextCursor: '1040' });
    const response = await get();
    expect(response.status).toBe(200);
    const common = {
      endpointId: '3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11',
      guid: '8c259fea-8764-4a92-adc4-73572e9cf016',
      messageId: '01GMXE90AEV7H3J4DPBDKB1R79',
      createdAt: '2026-11-23T12:00:00.000Z',
    };
    expect(await response.json()).toEqual({
      items: [
        {
          ...common,
          id: '1042',
          sequence: 2,
          state: 'delivered',
          attempts: 1,
          lastStatus: 200,
          deliveredAt: '2026-11-23T12:00:01.000Z',
        },
        {
          ...common,
          id: '1041',
          sequence: 1,
          state: 'failed',
          attempts: 1,
          lastStatus: 503,
          lastError: 'Cannot deliver message: the target did not answer 2xx (status 503)',
        },
        {
          ...common,
          id: '1040',
          sequence: 2,
          state: 'dropped',
          attempts: 0,
          lastError:
            'Cannot deliver message: too many or too old messages were waiting, the oldest were dropped',
        },
      ],
      nextCursor: '1040',
    });
  });

  it('asks the store for the tenant of the key, with the filters given', async () => {
    const { get, asked } = deliveriesUnderTest();
    await get('?endpointId=e&guid=g&state=failed&limit=7&cursor=5');
    await get();
    expect(asked).toEqual([
      { tenantId: 'tenant-1', endpointId: 'e', guid: 'g', state: 'failed', limit: 7, cursor: '5' },
      { tenantId: 'tenant-1', limit: 50 },
    ]);
  });
});
