import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, REDACTION_ENTITIES } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('GET redaction-entities 400-03', () => {
  it.each([
    { given: 'limit=0', want: '/limit must be at least 1' },
    { given: 'limit=101', want: '/limit must be at most 100' },
    { given: 'limit=ten', want: '/limit must be a whole number' },
    { given: 'cursor=', want: '/cursor must not be empty' },
    { given: 'cursor=CVV', want: '/cursor must be the nextCursor or prevCursor of a page' },
  ])('refuses $given', async ({ given, want }) => {
    const { get } = await gatewayUnderTest({ scopes: ['admin'] });
    const refusal = await readRefusal(await get(`${REDACTION_ENTITIES}?${given}`));
    expect(refusal).toEqual({ status: 400, code: '400-03', message: want });
  });
});
