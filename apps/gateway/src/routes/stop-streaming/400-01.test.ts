import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, STOP } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST stop-streaming 400-01', () => {
  it.each(['', '{"guid": "a",}'])('refuses %j, which is not JSON', async (body) => {
    const { post } = await gatewayUnderTest();
    expect(await readRefusal(await post(STOP, body))).toMatchObject({ status: 400, code: '400-01' });
  });
});
