import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, VOCABULARIES } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST custom-vocabularies 415-01', () => {
  it('refuses a body that is not application/json', async () => {
    const { post } = await gatewayUnderTest({ scopes: ['admin'] });
    const body = { phrase: 'Polo', soundsLike: [] };
    const refusal = await readRefusal(await post(VOCABULARIES, body, { 'content-type': 'text/plain' }));
    expect(refusal).toMatchObject({ status: 415, code: '415-01' });
  });
});
