import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, VOCABULARIES } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST custom-vocabularies 413-01', () => {
  it('refuses a body of more than 65536 bytes', async () => {
    const { post } = await gatewayUnderTest({ scopes: ['admin'] });
    const body = { phrase: 'Polo', soundsLike: [], padding: 'x'.repeat(65_536) };
    expect(await readRefusal(await post(VOCABULARIES, body))).toMatchObject({ status: 413, code: '413-01' });
  });
});
