import { expect, describe, it } from 'vitest';
import { ENDPOINTS, gatewayUnderTest } from '../../testing/gateway-under-test.ts';
import { readProblem } from '../../testing/read-problem.ts';

describe('PATCH endpoints/{endpointId} 409-01', () => {
  const body = { name: 'a', url: 'https://example.com/', auth: { type: 'signature' } };

  async function outrunTimes(count: number) {
    const gateway = await gatewayUnderTest();
    const { endpoints, post, send } = gateway;
    const { id } = (await (await post(ENDPOINTS, body)).json()) as { id: string };
    let left = count;
    const get = endpoints.get;
    endpoints.get = async (tenantId, endpointId) => {
      const read = await get(tenantId, endpointId);
      if (left-- > 0) await endpoints.setPaused({ tenantId, endpointId, paused: true, atMs: 0 });
      return read;
    };
    return await send('PATCH', `${ENDPOINTS}/${id}`, { auth: null });
  }

  it('reads and writes again when somebody was faster', async () => {
    expect((await outrunTimes(2)).status).toBe(200);
  });

  it('gives up after three tries', async () => {
    expect(await readProblem(await outrunTimes(3))).toMatchObject({ status: 409, code: '409-01' });
  });
});
