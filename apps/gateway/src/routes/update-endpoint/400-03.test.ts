import { describe, expect, it } from 'vitest';
import { ENDPOINTS, gatewayUnderTest } from '../../testing/gateway-under-test.ts';
import { readProblem } from '../../testing/read-problem.ts';

describe('PATCH endpoints/{endpointId} 400-03', () => {
  it('refuses a target that is not public and changes nothing', async () => {
    const { post, get, send } = await gatewayUnderTest();
    const { id } = (await (await post(ENDPOINTS, { name: 'a', url: 'https://example.com/' })).json()) as {
      id: string;
    };
    const change = { url: 'https://10.0.0.1/', name: 'b' };
    const problem = await readProblem(await send('PATCH', `${ENDPOINTS}/${id}`, change));
    expect(problem).toMatchObject({ code: '400-03', problems: [{ pointer: '/url' }] });
    const kept = { name: 'a', url: 'https://example.com/' };
    expect(await (await get(`${ENDPOINTS}/${id}`)).json()).toMatchObject(kept);
  });
});
