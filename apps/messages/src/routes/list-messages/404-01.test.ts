import { describe, expect, it } from 'vitest';
import { messagesUnderTest, PATH, readRefusal } from '../../testing/messages-under-test.ts';

describe('GET conversation/messages 404-01', () => {
  it('knows no conversation that never was', async () => {
    const { get } = messagesUnderTest();
    const refusal = await readRefusal(await get({ externalId: 'nobody' }));
    expect(refusal).toEqual({ status: 404, code: '404-01', message: 'No conversation with this externalId' });
  });

  it('is at no other path', async () => {
    const { app } = messagesUnderTest();
    const headers = { 'asapp-api-id': 'test-key', 'asapp-api-secret': 'test-secret' };
    expect((await app.request(`${PATH}/more`, { headers })).status).toBe(404);
  });
});
