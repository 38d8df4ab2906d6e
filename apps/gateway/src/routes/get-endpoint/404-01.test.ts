import { describe, expect, it } from 'vitest';
import { ENDPOINTS, gatewayUnderTest } from '../../testing/gateway-under-test.ts';
import { readProblem } from '../../testing/read-problem.ts';

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
const endpointId = '3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11';

describe('endpoints/{endpointId} 404-01', () => {
  const owners = [
    { given: 'an endpoint of another tenant', tenantId: 'tenant-2', appId: 'app-1' },
    { given: 'an endpoint of another app', tenantId: 'tenant-1', appId: 'app-2' },
  ];
  it.each(owners)('knows nothing of $given, whatever is asked', async ({ tenantId, appId }) => {
    const { endpoints, send } = await gatewayUnderTest();
    await endpoints.create({ tenantId, appId, endpointId, fields, secrets: [], atMs: 0 });
    const before = await endpoints.get(tenantId, endpointId);
    const asked = [
      ['GET', ''],
      ['PATCH', '', { enabled: false }],
      ['PATCH', '', { auth: null }],
      ['DELETE', ''],
      ['POST', '/pause'],
      ['POST', '/resume'],
      ['POST', '/rotate-secret', {}],
    ] as const;
    for (const [method, path, body] of asked) {
      const problem = await readProblem(await send(method, `${ENDPOINTS}/${endpointId}${path}`, body));
      expect(problem).toMatchObject({ status: 404, code: '404-01', detail: 'No endpoint with this id' });
    }
    expect(await endpoints.get(tenantId, endpointId)).toEqual(before);
  });

  it('knows no endpoint whose id is no UUID', async () => {
    const { get } = await gatewayUnderTest();
    expect(await readProblem(await get(`${ENDPOINTS}/everything'--`))).toMatchObject({ code: '404-01' });
  });
});
