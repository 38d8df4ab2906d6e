import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, VOCABULARIES } from '../../testing/gateway-under-test.ts';

describe('DELETE custom-vocabularies/{id} 200', () => {
  it('answers the entry as it was, which is gone then', async () => {
    const { post, get, delete: remove, vocabularies } = await gatewayUnderTest({ scopes: ['admin'] });
    const created = await (await post(VOCABULARIES, { phrase: 'Polo', soundsLike: ['pole oh'] })).json();
    const path = `${VOCABULARIES}/${(created as { id: string }).id}`;
    const response = await remove(path);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(created);
    expect((await get(path)).status).toBe(404);
    expect((await remove(path)).status).toBe(404);
    expect(await vocabularies.list('tenant-1')).toEqual([]);
  });
});
