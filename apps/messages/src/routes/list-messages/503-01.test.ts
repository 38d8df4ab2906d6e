import { AppError } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import { messagesUnderTest, readRefusal } from '../../testing/messages-under-test.ts';

describe('GET conversation/messages 503-01', () => {
  it('tells to come back when the store cannot be reached', async () => {
    const listFails = new AppError('storage.unavailable', 'Cannot connect', { retryable: true });
    const { get } = messagesUnderTest({ listFails });
    const response = await get({ externalId: 'call' });
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await readRefusal(response)).toMatchObject({ status: 503, code: '503-01' });
  });
});
