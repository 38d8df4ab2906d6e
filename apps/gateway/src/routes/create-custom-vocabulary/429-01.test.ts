import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, VOCABULARIES } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('custom-vocabularies 429-01', () => {
  it('refuses a key that is over its quota and tells when to come back', async () => {
    const { get } = await gatewayUnderTest({ scopes: ['admin'], requestsPerSecond: 1 });
    await get(VOCABULARIES);
    const response = await get(VOCABULARIES);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await readRefusal(response)).toMatchObject({ status: 429, code: '429-01' });
  });
});
