import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, VOCABULARIES } from '../../testing/gateway-under-test.ts';

const POLO = { phrase: 'Polo Fusion', soundsLike: ['polo fuse on', 'fourth fusion'] };

describe('POST custom-vocabularies 201', () => {
  it('answers the entry with its id, and keeps it for the tenant of the key', async () => {
    const { post, vocabularies } = await gatewayUnderTest({ scopes: ['admin'] });
    const response = await post(VOCABULARIES, POLO);
    expect(response.status).toBe(201);
    const [stored] = await vocabularies.list('tenant-1');
    expect(await response.json()).toEqual({ id: stored?.id, ...POLO });
    expect(stored?.id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  });

  it('takes an empty soundsLike, ignores unknown fields and accepts a trailing slash', async () => {
    const { post } = await gatewayUnderTest({ scopes: ['admin'] });
    const response = await post(`${VOCABULARIES}/`, { phrase: 'HBO Max', soundsLike: [], category: 'name' });
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({
      id: expect.any(String),
      phrase: 'HBO Max',
      soundsLike: [],
    });
  });
});
