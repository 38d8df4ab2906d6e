import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, VOCABULARIES } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST custom-vocabularies 400-01', () => {
  it.each(['', '{"phrase": ', 'phrase=1'])('refuses %j, which is not JSON', async (body) => {
    const { post, vocabularies } = await gatewayUnderTest({ scopes: ['admin'] });
    expect(await readRefusal(await post(VOCABULARIES, body))).toMatchObject({ status: 400, code: '400-01' });
    expect(await vocabularies.list('tenant-1')).toEqual([]);
  });
});
