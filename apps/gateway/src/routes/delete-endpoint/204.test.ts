import { describe, expect, it } from 'vitest';
import { ENDPOINTS, gatewayUnderTest } from '../../testing/gateway-under-test.ts';
import { readProblem } from '../../testing/read-problem.ts';

describe('DELETE endpoints/{endpointId} 204', () => {
  it('forgets the endpoint with its secret', async () => {
    const { post, get, send, endpoints } = await gatewayUnderTest();
    const auth = { type: 'secret', name: 'x-token', in: 'header', value: 'v' };
    const body = { name: 'a', url: 'https://example.com/', auth };
    const { id } = (await (await post(ENDPOINTS, body)).json()) as { id: string };
    const response = await send('DELETE', `${ENDPOINTS}/${id}`);
    expect({ status: response.status, body: await response.text() }).toEqual({ status: 204, body: '' });
    expect(endpoints.secrets.size).toBe(0);
    expect(await readProblem(await get(`${ENDPOINTS}/${id}`))).toMatchObject({ code: '404-01' });
  });
});
