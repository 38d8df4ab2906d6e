import { describe, expect, it } from 'vitest';
import { messagesUnderTest, readRefusal } from '../../testing/messages-under-test.ts';

describe('GET conversation/messages 429-01', () => {
  it('refuses a key that is over its quota', async () => {
    const { get } = messagesUnderTest({ requestsPerSecond: 1 });
    await get({ externalId: 'call' });
    const response = await get({ externalId: 'call' });
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await readRefusal(response)).toMatchObject({ status: 429, code: '429-01' });
  });
});
