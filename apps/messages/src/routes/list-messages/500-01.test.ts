import { describe, expect, it } from 'vitest';
import { messagesUnderTest, readRefusal } from '../../testing/messages-under-test.ts';

describe('GET conversation/messages 500-01', () => {
  it('answers an unexpected failure without a word about it', async () => {
    const { get } = messagesUnderTest({ listFails: new Error('relation "messages" is broken') });
    const refusal = await readRefusal(await get({ externalId: 'call' }));
    expect(refusal).toEqual({ status: 500, code: '500-01', message: 'Internal server error' });
  });
});
