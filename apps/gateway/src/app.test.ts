import { describe, expect, it } from 'vitest';
import { gatewayUnderTest } from './testing/gateway-under-test.ts';

describe('createGatewayApp', () => {
  it.each([
    { given: undefined, want: { health: 'SUCCESS', readyz: 200 } },
    { given: new Error('store is away'), want: { health: 'FAILED', readyz: 503 } },
  ])('tells its health when $given', async ({ given, want }) => {
    const { app, get } = await gatewayUnderTest(given === undefined ? {} : { notReady: given });
    const health = await get('/v1/health');
    expect(health.status).toBe(200);
    expect(await health.json()).toEqual({ healthCheck: want.health });
    expect((await app.request('/readyz')).status).toBe(want.readyz);
    expect((await app.request('/livez')).status).toBe(200);
  });

  it('asks for a key on the public health path', async () => {
    const { app } = await gatewayUnderTest();
    expect((await app.request('/v1/health')).status).toBe(401);
  });

  it('serves its metrics without a key', async () => {
    const { app } = await gatewayUnderTest();
    expect(await (await app.request('/metrics')).text()).toContain('earshot_http_request_duration_seconds');
  });
});
