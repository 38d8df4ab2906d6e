import { describe, expect, it } from 'vitest';
import type { CircuitState } from '../../endpoints/present-endpoint.ts';
import { ACCEPTED_AT_MS, ENDPOINTS, gatewayUnderTest } from '../../testing/gateway-under-test.ts';

describe('GET endpoints/{endpointId} 200', () => {
  it('shows the endpoint as it was created', async () => {
    const { post, get } = await gatewayUnderTest();
    const created = (await (await post(ENDPOINTS, { name: 'a', url: 'https://example.com/' })).json()) as {
      id: string;
    };
    const response = await get(`${ENDPOINTS}/${created.id}`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(created);
  });

  it('shows whether anything is sent to the target', async () => {
    const circuits = new Map<string, CircuitState>();
    const { post, get } = await gatewayUnderTest({ circuits });
    const { id } = (await (await post(ENDPOINTS, { name: 'a', url: 'https://example.com/' })).json()) as {
      id: string;
    };
    const times = { openedAtMs: ACCEPTED_AT_MS, nextProbeAtMs: ACCEPTED_AT_MS + 30_000 };
    circuits.set(id, { state: 'open', ...times });
    const want = {
      circuit: {
        state: 'open',
        openedAt: '2026-11-23T12:00:00.000Z',
        nextProbeAt: '2026-11-23T12:00:30.000Z',
      },
    };
    expect(await (await get(`${ENDPOINTS}/${id}`)).json()).toMatchObject(want);
    expect(await (await get(ENDPOINTS)).json()).toMatchObject({ items: [want] });
  });
});
