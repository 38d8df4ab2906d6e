import { describe, expect, it } from 'vitest';
import { messagesUnderTest, readRefusal } from '../../testing/messages-under-test.ts';

describe('GET conversation/messages 403-01', () => {
  it('refuses a key without the scope messages:read', async () => {
    const { get } = messagesUnderTest({ scopes: ['stream:write'], conversations: { call: [] } });
    expect(await readRefusal(await get({ externalId: 'call' }))).toMatchObject({
      status: 403,
      code: '403-01',
    });
  });
});
