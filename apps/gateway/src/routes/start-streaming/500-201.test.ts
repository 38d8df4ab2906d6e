import { describe, expect, it } from 'vitest';
import { GUIDE_START, gatewayUnderTest, START } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST start-streaming 500-201', () => {
  it('answers an unexpected failure without a word about it', async () => {
    const { post } = await gatewayUnderTest({ startFails: new Error('relation "call_sessions" is broken') });
    const refusal = await readRefusal(await post(START, GUIDE_START));
    expect(refusal).toEqual({ status: 500, code: '500-201', message: 'Internal server error' });
  });
});
