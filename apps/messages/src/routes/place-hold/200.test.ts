import { describe, expect, it } from 'vitest';
import { retentionUnderTest } from '../../testing/retention-under-test.ts';

describe('PUT and DELETE hold', () => {
  it('places a hold and lifts it, as often as it is asked', async () => {
    const { send, holds } = retentionUnderTest();
    for (const _ of [1, 2]) {
      const response = await send('PUT', 'conversations/call/hold');
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({
        externalId: 'call',
        placedAt: '2026-11-23T12:00:00.000Z',
        placedBy: 'test-key',
      });
    }
    expect(holds.size).toBe(1);
    expect((await send('DELETE', 'conversations/call/hold')).status).toBe(204);
    expect((await send('DELETE', 'conversations/call/hold')).status).toBe(204);
    expect(holds.size).toBe(0);
  });

  it.each(['PUT', 'DELETE'])('is 404 for an unknown conversation: %s', async (method) => {
    expect((await retentionUnderTest().send(method, 'conversations/nobody/hold')).status).toBe(404);
  });
});
