import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, VOCABULARIES } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST custom-vocabularies 409-01', () => {
  it('refuses a phrase that is there already, in any casing', async () => {
    const { post, vocabularies } = await gatewayUnderTest({ scopes: ['admin'] });
    await post(VOCABULARIES, { phrase: 'Polo Fusion', soundsLike: [] });
    const response = await post(VOCABULARIES, { phrase: 'polo  fusion', soundsLike: ['a'] });
    expect(await readRefusal(response)).toEqual({
      status: 409,
      code: '409-01',
      message: 'A custom vocabulary with this phrase exists already',
    });
    expect(await vocabularies.list('tenant-1')).toHaveLength(1);
  });
});
