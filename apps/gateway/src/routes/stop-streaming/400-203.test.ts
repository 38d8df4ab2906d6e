import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, GUIDE_STOP, STOP } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST stop-streaming 400-203', () => {
  it('refuses a guid that was never started', async () => {
    const { post } = await gatewayUnderTest();
    expect(await readRefusal(await post(STOP, GUIDE_STOP))).toMatchObject({ status: 400, code: '400-203' });
  });
});
