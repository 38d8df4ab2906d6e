import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, START } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('start-streaming 405-01', () => {
  it('is there for POST only', async () => {
    const { get } = await gatewayUnderTest();
    const answer = await get(START);
    expect(answer.headers.get('allow')).toBe('POST');
    expect(await readRefusal(answer)).toMatchObject({ status: 405, code: '405-01' });
  });
});
