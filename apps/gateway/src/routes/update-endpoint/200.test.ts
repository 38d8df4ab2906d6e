import { describe, expect, it } from 'vitest';
import { ENDPOINTS, gatewayUnderTest } from '../../testing/gateway-under-test.ts';

const auth = { type: 'secret', name: 'x-token', in: 'header', value: 'v' };

async function setUp() {
  const gateway = await gatewayUnderTest();
  const body = { name: 'a', url: 'https://example.com/', auth };
  const { id } = (await (await gateway.post(ENDPOINTS, body)).json()) as { id: string };
  const patch = (change: object) => gateway.send('PATCH', `${ENDPOINTS}/${id}`, change);
  return { ...gateway, id, patch };
}

describe('PATCH endpoints/{endpointId} 200', () => {
  const changes: readonly { given: object; want: object }[] = [
    { given: { enabled: false }, want: { enabled: false, state: 'disabled', name: 'a' } },
    { given: { name: 'b', timeoutMs: 1000 }, want: { name: 'b', timeoutMs: 1000, enabled: true } },
    { given: { url: 'https://example.org/x' }, want: { url: 'https://example.org/x' } },
    { given: { partials: true }, want: { partials: true, enabled: true } },
    { given: {}, want: { name: 'a', auth: { type: 'secret', name: 'x-token', in: 'header' } } },
  ];
  it.each(changes)('changes $given and keeps the rest', async ({ given, want }) => {
    const { patch, endpoints, id } = await setUp();
    const response = await patch(given);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject(want);
    expect(endpoints.secrets.get(id)).toHaveLength(1);
  });

  it('replaces the credentials as a whole', async () => {
    const { patch, endpoints, id } = await setUp();
    const response = await patch({ auth: { type: 'secret', name: 'token', in: 'query', value: 'longer' } });
    expect(await response.json()).toMatchObject({ auth: { type: 'secret', name: 'token', in: 'query' } });
    const sealed = Buffer.from(endpoints.secrets.get(id)?.[0]?.sealed ?? []).toString();
    expect(sealed).toBe(`sealed tenant-1 endpoint:${id}:auth-secret 6`);
  });

  it('removes the credentials at null', async () => {
    const { patch, endpoints, id } = await setUp();
    expect(await (await patch({ auth: null })).json()).not.toHaveProperty('auth');
    expect(endpoints.secrets.get(id)).toEqual([]);
  });
});
