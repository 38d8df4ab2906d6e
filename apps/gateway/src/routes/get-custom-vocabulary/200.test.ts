import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, VOCABULARIES } from '../../testing/gateway-under-test.ts';

describe('GET custom-vocabularies/{id} 200', () => {
  it('answers the entry', async () => {
    const { post, get } = await gatewayUnderTest({ scopes: ['admin'] });
    const created = await (await post(VOCABULARIES, { phrase: 'Polo', soundsLike: ['pole oh'] })).json();
    const { id } = created as { id: string };
    const response = await get(`${VOCABULARIES}/${id}`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ id, phrase: 'Polo', soundsLike: ['pole oh'] });
  });
});
