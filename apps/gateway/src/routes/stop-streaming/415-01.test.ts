import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, GUIDE_STOP, STOP } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST stop-streaming 415-01', () => {
  it('refuses a body that is not application/json', async () => {
    const { post } = await gatewayUnderTest();
    const refusal = await readRefusal(await post(STOP, GUIDE_STOP, { 'content-type': 'text/plain' }));
    expect(refusal).toMatchObject({ status: 415, code: '415-01' });
  });
});
