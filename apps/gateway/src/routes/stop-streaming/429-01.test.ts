import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, GUIDE_STOP, STOP } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST stop-streaming 429-01', () => {
  it('refuses a key that is over its quota and tells when to come back', async () => {
    const { post } = await gatewayUnderTest({ requestsPerSecond: 1 });
    await post(STOP, GUIDE_STOP);
    const response = await post(STOP, GUIDE_STOP);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(response.headers.get('ratelimit')).toContain('r=0');
    expect(response.headers.get('x-ratelimit-limit')).toBe('1');
    expect(await readRefusal(response)).toMatchObject({ status: 429, code: '429-01' });
  });
});
