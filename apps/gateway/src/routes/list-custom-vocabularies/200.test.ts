import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, VOCABULARIES } from '../../testing/gateway-under-test.ts';

interface Page {
  readonly customVocabularies: readonly { readonly id: string; readonly phrase: string }[];
  readonly nextCursor: string | null;
  readonly prevCursor: string | null;
}

async function gatewayWith(count: number) {
  const gateway = await gatewayUnderTest({ scopes: ['admin'] });
  for (let n = 0; n < count; n += 1) {
    const id = String(n).padStart(3, '0');
    const row = { tenantId: 'tenant-1', id, phrase: `phrase ${n}`, soundsLike: ['a b'], atMs: 0 };
    await gateway.vocabularies.create(row);
  }
  const list = async (query: string) => (await (await gateway.get(`${VOCABULARIES}${query}`)).json()) as Page;
  return { ...gateway, list };
}

describe('GET custom-vocabularies 200', () => {
  it('answers no entries with both cursors null', async () => {
    const { list } = await gatewayWith(0);
    expect(await list('')).toEqual({ customVocabularies: [], nextCursor: null, prevCursor: null });
  });

  it('answers id, phrase and soundsLike, and nothing of another tenant', async () => {
    const { list, vocabularies } = await gatewayWith(1);
    const other = { tenantId: 'tenant-2', id: '9', phrase: 'Other', soundsLike: [], atMs: 0 };
    await vocabularies.create(other);
    expect(await list('')).toEqual({
      customVocabularies: [{ id: '000', phrase: 'phrase 0', soundsLike: ['a b'] }],
      nextCursor: null,
      prevCursor: null,
    });
  });

  it('holds 20 entries a page unless asked otherwise, and leads forth and back', async () => {
    const { list } = await gatewayWith(30);
    const first = await list('');
    expect(first.customVocabularies).toHaveLength(20);
    expect(first.prevCursor).toBeNull();
    const second = await list(`?cursor=${first.nextCursor}`);
    expect(second.customVocabularies.map(({ id }) => id)).toEqual(
      Array.from({ length: 10 }, (_, n) => `0${20 + n}`),
    );
    expect(second.nextCursor).toBeNull();
    expect(await list(`?cursor=${second.prevCursor}`)).toEqual(first);
    expect((await list('?limit=100')).customVocabularies).toHaveLength(30);
  });
});
