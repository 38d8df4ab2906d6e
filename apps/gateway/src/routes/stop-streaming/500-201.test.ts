import { describe, expect, it } from 'vitest';
import { GUIDE_STOP, gatewayUnderTest, STOP } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST stop-streaming 500-201', () => {
  it('answers an unexpected failure without a word about it', async () => {
    const { post } = await gatewayUnderTest({ stopFails: new Error('broken') });
    const refusal = await readRefusal(await post(STOP, GUIDE_STOP));
    expect(refusal).toEqual({ status: 500, code: '500-201', message: 'Internal server error' });
  });
});
