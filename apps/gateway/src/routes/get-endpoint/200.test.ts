import { describe, expect, it } from 'vitest';
import { ENDPOINTS, gatewayUnderTest } from '../../testing/gateway-under-test.ts';

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
});
