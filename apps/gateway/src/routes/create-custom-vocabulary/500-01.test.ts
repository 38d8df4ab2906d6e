import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, VOCABULARIES } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST custom-vocabularies 500-01', () => {
  it('answers an unexpected failure without a word about it', async () => {
    const vocabulariesFail = new Error('relation "custom_vocabularies" is broken');
    const { post } = await gatewayUnderTest({ scopes: ['admin'], vocabulariesFail });
    const refusal = await readRefusal(await post(VOCABULARIES, { phrase: 'Polo', soundsLike: [] }));
    expect(refusal).toEqual({ status: 500, code: '500-01', message: 'Internal server error' });
  });
});
