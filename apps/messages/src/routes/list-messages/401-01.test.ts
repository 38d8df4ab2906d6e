import { describe, expect, it } from 'vitest';
import { messagesUnderTest, readRefusal } from '../../testing/messages-under-test.ts';

describe('GET conversation/messages 401-01', () => {
  it('refuses a wrong secret', async () => {
    const { get } = messagesUnderTest();
    const response = await get({ externalId: 'call' }, { 'asapp-api-secret': 'wrong' });
    expect(await readRefusal(response)).toMatchObject({ status: 401, code: '401-01' });
  });
});
