import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, GUIDE_STOP, STOP } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST stop-streaming 403-01', () => {
  it('refuses a key without the scope stream:write', async () => {
    const { post } = await gatewayUnderTest({ scopes: ['messages:read', 'webhooks:admin'] });
    const refusal = await readRefusal(await post(STOP, GUIDE_STOP));
    expect(refusal).toMatchObject({
      status: 403,
      code: '403-01',
      message: expect.stringContaining('stream:write'),
    });
  });
});
