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
    { given: { policy: 'durable' }, want: { policy: 'durable', headOfLine: 'block' } },
    { given: { partials: true }, want: { partials: true, enabled: true } },
    {
      given: { headOfLine: 'skip-after-attempts', skipAfterAttempts: 2, operationalEvents: true },
      want: { headOfLine: 'skip-after-attempts', skipAfterAttempts: 2, operationalEvents: true },
    },
    { given: { inFlightMax: 3, ratePerSecondMax: 9 }, want: { inFlightMax: 3, ratePerSecondMax: 9 } },
    { given: {}, want: { name: 'a', auth: [{ type: 'secret', name: 'x-token', in: 'header' }] } },
  ];
  it.each(changes)('changes $given and keeps the rest', async ({ given, want }) => {
    const { patch, endpoints, id } = await setUp();
    const response = await patch(given);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject(want);
    expect(endpoints.secrets.get(id)).toHaveLength(1);
  });

  const wakings: readonly { given: object; want: number }[] = [
    { given: { url: 'https://example.org/' }, want: 1 },
    { given: { auth: null }, want: 1 },
    { given: { enabled: true }, want: 1 },
    { given: { name: 'b', enabled: false }, want: 0 },
  ];
  it.each(wakings)('has what waits tried now where $given may have put it right', async ({ given, want }) => {
    const { patch, woken } = await setUp();
    await patch(given);
    expect(woken).toHaveLength(want);
  });

  it('replaces the credentials as a whole', async () => {
    const { patch, endpoints, id } = await setUp();
    const response = await patch({ auth: { type: 'secret', name: 'token', in: 'query', value: 'longer' } });
    expect(await response.json()).toMatchObject({ auth: [{ type: 'secret', name: 'token', in: 'query' }] });
    const sealed = Buffer.from(endpoints.secrets.get(id)?.[0]?.sealed ?? []).toString();
    expect(sealed).toBe(`sealed tenant-1 endpoint:${id}:auth-secret 6`);
  });

  it.each([null, []])('removes the credentials at %j', async (none) => {
    const { patch, endpoints, id } = await setUp();
    expect(await (await patch({ auth: none })).json()).toMatchObject({ auth: [] });
    expect(endpoints.secrets.get(id)).toEqual([]);
  });

  it('takes a limit away at null', async () => {
    const { patch } = await setUp();
    await patch({ inFlightMax: 3, ratePerSecondMax: 9 });
    const left: unknown = await (await patch({ ratePerSecondMax: null })).json();
    expect(left).toMatchObject({ inFlightMax: 3 });
    expect(left).not.toHaveProperty('ratePerSecondMax');
  });

  it('keeps the secret of a signature that is given without one, and shows none', async () => {
    const { patch, endpoints, id } = await setUp();
    const made = (await (await patch({ auth: { type: 'signature' } })).json()) as object;
    expect(made).toMatchObject({
      signingSecret: expect.stringMatching(/^whsec_/),
      auth: [{ type: 'signature' }],
    });
    const before = endpoints.secrets.get(id);
    const again: unknown = await (await patch({ auth: [auth, { type: 'signature' }] })).json();
    expect(again).not.toHaveProperty('signingSecret');
    const kinds = endpoints.secrets.get(id)?.map(({ kind }) => kind);
    expect(kinds).toEqual(['signing-secret-1', 'auth-secret']);
    expect(endpoints.secrets.get(id)?.[0]).toEqual(before?.[0]);
  });

  it('enables again what the system disabled', async () => {
    const { patch, endpoints, id } = await setUp();
    await endpoints.disable({
      tenantId: 'tenant-1',
      endpointId: id,
      reason: 'The target answered 410',
      atMs: 0,
    });
    expect(await (await patch({ name: 'b' })).json()).toMatchObject({
      state: 'disabled',
      stateReason: 'The target answered 410',
    });
    const enabled: unknown = await (await patch({ enabled: true })).json();
    expect(enabled).toMatchObject({ state: 'active' });
    expect(enabled).not.toHaveProperty('stateReason');
  });
});
