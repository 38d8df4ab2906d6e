import { describe, expect, it } from 'vitest';
import { ENDPOINTS, gatewayUnderTest } from '../../testing/gateway-under-test.ts';

interface Page {
  readonly items: readonly { readonly name: string }[];
  readonly nextCursor?: string;
}

describe('GET endpoints 200', () => {
  it('pages through the endpoints of the app', async () => {
    const { post, get } = await gatewayUnderTest();
    for (const name of ['a', 'b', 'c']) await post(ENDPOINTS, { name, url: 'https://example.com/' });
    const first = (await (await get(`${ENDPOINTS}?limit=2`)).json()) as Page;
    expect(first.items.map(({ name }) => name)).toEqual(['a', 'b']);
    const second = (await (
      await get(`${ENDPOINTS}?limit=2&cursor=${first.nextCursor ?? ''}`)
    ).json()) as Page;
    expect(second.items.map(({ name }) => name)).toEqual(['c']);
    expect(second).not.toHaveProperty('nextCursor');
  });

  it('shows nothing of another app or tenant', async () => {
    const { endpoints, get } = await gatewayUnderTest();
    const fields = {
      name: 'theirs',
      url: 'https://example.com/',
      enabled: true,
      policy: 'realtime',
      pendingMax: 1,
      pendingAgeMaxMs: 1000,
      timeoutMs: 1000,
      auth: [],
      partials: false,
    } as const;
    const row = { fields, secrets: [], atMs: 0 };
    await endpoints.create({ ...row, tenantId: 'tenant-2', appId: 'app-1', endpointId: '1' });
    await endpoints.create({ ...row, tenantId: 'tenant-1', appId: 'app-2', endpointId: '2' });
    expect(await (await get(ENDPOINTS)).json()).toEqual({ items: [] });
  });
});
