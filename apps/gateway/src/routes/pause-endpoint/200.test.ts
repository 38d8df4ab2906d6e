import { describe, expect, it } from 'vitest';
import { ENDPOINTS, gatewayUnderTest } from '../../testing/gateway-under-test.ts';

describe('POST endpoints/{endpointId}/pause and /resume 200', () => {
  it('pauses, says since when, and resumes; twice is no error', async () => {
    const { post, woken } = await gatewayUnderTest();
    const body = { name: 'a', url: 'https://example.com/' };
    const { id } = (await (await post(ENDPOINTS, body)).json()) as { id: string };
    for (const _ of [1, 2]) {
      const paused = await post(`${ENDPOINTS}/${id}/pause`, undefined);
      expect(paused.status).toBe(200);
      expect(await paused.json()).toMatchObject({
        enabled: true,
        state: 'paused',
        pausedAt: '2026-11-23T12:00:00.000Z',
      });
    }
    for (const _ of [1, 2]) {
      const resumed: unknown = await (await post(`${ENDPOINTS}/${id}/resume`, undefined)).json();
      expect(resumed).toMatchObject({ state: 'active' });
      expect(resumed).not.toHaveProperty('pausedAt');
    }
    expect(woken).toEqual([id, id]);
  });

  it('stays disabled, paused or not', async () => {
    const { post } = await gatewayUnderTest();
    const body = { name: 'a', url: 'https://example.com/', enabled: false };
    const { id } = (await (await post(ENDPOINTS, body)).json()) as { id: string };
    for (const verb of ['pause', 'resume']) {
      const answer: unknown = await (await post(`${ENDPOINTS}/${id}/${verb}`, undefined)).json();
      expect(answer).toMatchObject({ enabled: false, state: 'disabled' });
    }
  });
});
