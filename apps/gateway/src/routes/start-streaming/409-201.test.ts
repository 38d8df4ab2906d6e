import { describe, expect, it } from 'vitest';
import { GUIDE_START, gatewayUnderTest, START } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST start-streaming 409-201', () => {
  it('refuses a guid whose transcription is running', async () => {
    const { post, queued } = await gatewayUnderTest();
    await post(START, GUIDE_START);
    const refusal = await readRefusal(await post(START, GUIDE_START));
    expect(refusal).toMatchObject({ status: 409, code: '409-201' });
    expect(queued).toHaveLength(1);
  });
});
