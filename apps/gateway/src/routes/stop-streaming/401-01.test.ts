import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, GUIDE_STOP, STOP } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST stop-streaming 401-01', () => {
  it.each([
    { given: 'no secret', headers: { 'asapp-api-secret': '' } },
    { given: 'a wrong secret', headers: { 'asapp-api-secret': 'wrong' } },
    { given: 'an unknown id', headers: { 'asapp-api-id': 'nobody' } },
  ])('refuses $given', async ({ headers }) => {
    const { post } = await gatewayUnderTest();
    const refusal = await readRefusal(await post(STOP, GUIDE_STOP, headers));
    expect(refusal).toEqual({ status: 401, code: '401-01', message: 'Unauthorized' });
  });
});
