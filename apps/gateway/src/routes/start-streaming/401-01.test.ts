import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, GUIDE_START, START } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST start-streaming 401-01', () => {
  it.each([
    { given: 'no secret', headers: { 'asapp-api-secret': '' } },
    { given: 'a wrong secret', headers: { 'asapp-api-secret': 'wrong' } },
    { given: 'an unknown id', headers: { 'asapp-api-id': 'nobody' } },
  ])('refuses $given', async ({ headers }) => {
    const { post } = await gatewayUnderTest();
    const refusal = await readRefusal(await post(START, GUIDE_START, headers));
    expect(refusal).toEqual({ status: 401, code: '401-01', message: 'Unauthorized' });
  });
});
