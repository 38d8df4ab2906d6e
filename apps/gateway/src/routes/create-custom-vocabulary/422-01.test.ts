import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, VOCABULARIES } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST custom-vocabularies 422-01', () => {
  it('refuses the entry beyond 200, and takes it after a delete', async () => {
    const { post, delete: remove, vocabularies } = await gatewayUnderTest({ scopes: ['admin'] });
    const tenantId = 'tenant-1';
    for (let n = 0; n < 200; n += 1) {
      await vocabularies.create({ tenantId, id: `${n}`, phrase: `phrase ${n}`, soundsLike: [], atMs: 0 });
    }
    const body = { phrase: 'one more', soundsLike: [] };
    expect(await readRefusal(await post(VOCABULARIES, body))).toEqual({
      status: 422,
      code: '422-01',
      message: 'Cannot create custom vocabulary, the limit is 200 entries',
    });
    await remove(`${VOCABULARIES}/7`);
    expect((await post(VOCABULARIES, body)).status).toBe(201);
  });
});
