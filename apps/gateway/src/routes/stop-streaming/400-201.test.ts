import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, GUIDE_STOP, STOP } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST stop-streaming 400-201', () => {
  const refused = [
    { given: { namespace: undefined }, want: '/namespace is required' },
    { given: { namespace: 'twilio' }, want: 'namespace "twilio" is not enabled on this gateway' },
    { given: { namespace: 'zoom' }, want: '/namespace must be' },
    { given: { guid: undefined }, want: '/guid is required' },
    { given: { guid: 'a/b' }, want: '/guid must be' },
  ];
  it.each(refused)('refuses $given', async ({ given, want }) => {
    const { post } = await gatewayUnderTest();
    const refusal = await readRefusal(await post(STOP, { ...GUIDE_STOP, ...given }));
    expect(refusal).toEqual({ status: 400, code: '400-201', message: expect.stringContaining(want) });
  });
});
