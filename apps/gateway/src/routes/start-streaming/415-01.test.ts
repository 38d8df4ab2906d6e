import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, GUIDE_START, START } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST start-streaming 415-01', () => {
  it('refuses a body that is not application/json', async () => {
    const { post } = await gatewayUnderTest();
    const refusal = await readRefusal(await post(START, GUIDE_START, { 'content-type': 'text/plain' }));
    expect(refusal).toMatchObject({ status: 415, code: '415-01' });
  });
});
