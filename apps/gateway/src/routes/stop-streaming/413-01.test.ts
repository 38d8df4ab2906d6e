import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, GUIDE_STOP, STOP } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST stop-streaming 413-01', () => {
  it('refuses a body of more than 65536 bytes', async () => {
    const { post } = await gatewayUnderTest();
    const refusal = await readRefusal(await post(STOP, { ...GUIDE_STOP, padding: 'x'.repeat(65_536) }));
    expect(refusal).toMatchObject({ status: 413, code: '413-01' });
  });
});
