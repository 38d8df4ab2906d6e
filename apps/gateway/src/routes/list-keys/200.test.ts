import { describe, expect, it } from 'vitest';
import { ACCEPTED_AT_MS, gatewayUnderTest, KEYS } from '../../testing/gateway-under-test.ts';
import { storedKey } from '../../testing/stored-key.ts';

describe('GET keys 200', () => {
  it('tells the state of each key and when it was last used', async () => {
    const { keys, get } = await gatewayUnderTest({ scopes: ['admin'] });
    const ends = [
      { apiId: 'ek_1', state: 'active' },
      { apiId: 'ek_2', state: 'retiring', revokedAtMs: ACCEPTED_AT_MS + 1 },
      { apiId: 'ek_3', state: 'revoked', revokedAtMs: ACCEPTED_AT_MS },
      { apiId: 'ek_4', state: 'expired', expiresAtMs: ACCEPTED_AT_MS },
      { apiId: 'ek_5', state: 'active', expiresAtMs: ACCEPTED_AT_MS + 1 },
    ];
    for (const { state: _, ...end } of ends) await keys.insert(storedKey(end.apiId, end));
    await keys.touch('ek_1', 1000);
    const { items } = (await (await get(KEYS)).json()) as { items: { apiId: string; state: string }[] };
    expect(items.map(({ apiId, state }) => ({ apiId, state }))).toEqual(
      ends.map(({ apiId, state }) => ({ apiId, state })),
    );
    expect(items[0]).toEqual({
      apiId: 'ek_1',
      name: 'calls',
      scopes: ['stream:write'],
      state: 'active',
      createdAt: '1970-01-01T00:00:00.000Z',
      lastUsedAt: '1970-01-01T00:00:01.000Z',
    });
  });

  it('pages through the keys of the app, and shows none of others', async () => {
    const { keys, get } = await gatewayUnderTest({ scopes: ['admin'] });
    for (const apiId of ['ek_1', 'ek_2', 'ek_3']) await keys.insert(storedKey(apiId));
    await keys.insert(storedKey('ek_4', { tenantId: 'tenant-2' }));
    await keys.insert(storedKey('ek_5', { appId: 'app-2' }));
    const page = async (query: string) =>
      (await (await get(`${KEYS}?limit=2${query}`)).json()) as {
        items: { apiId: string }[];
        nextCursor?: string;
      };
    const first = await page('');
    const second = await page(`&cursor=${first.nextCursor ?? ''}`);
    expect([...first.items, ...second.items].map(({ apiId }) => apiId)).toEqual(['ek_1', 'ek_2', 'ek_3']);
    expect(second).not.toHaveProperty('nextCursor');
  });
});
