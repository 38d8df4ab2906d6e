import { describe, expect, it } from 'vitest';
import { messagesUnderTest, readRefusal } from '../../testing/messages-under-test.ts';

describe('GET conversation/messages 400-03', () => {
  it.each([
    { given: {}, want: '/externalId is required' },
    { given: { externalId: '' }, want: '/externalId must not be empty' },
    { given: { externalId: 'call', cursor: 'bm9uZQ' }, want: '/cursor must be the nextCursor' },
  ])('refuses $given', async ({ given, want }) => {
    const { get } = messagesUnderTest({ conversations: { call: [] } });
    const refusal = await readRefusal(await get(Object.fromEntries(Object.entries(given))));
    expect(refusal).toEqual({ status: 400, code: '400-03', message: expect.stringContaining(want) });
  });
});
