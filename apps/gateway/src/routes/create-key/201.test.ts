import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, KEYS, SPEECH_SETTINGS } from '../../testing/gateway-under-test.ts';

interface Made {
  readonly apiId: string;
  readonly apiSecret: string;
}

describe('POST keys 201', () => {
  it('makes a key that works, and shows its secret this once', async () => {
    const { post, get, app, lines } = await gatewayUnderTest({ scopes: ['admin'] });
    const body = { name: 'settings', scopes: ['admin', 'admin'], expiresAt: '2026-11-24T00:00:00Z' };
    const response = await post(KEYS, body);
    expect(response.status).toBe(201);
    const made = (await response.json()) as Made;
    expect(made).toEqual({
      apiId: expect.stringMatching(/^ek_/),
      apiSecret: expect.stringMatching(/^es_/),
      name: 'settings',
      scopes: ['admin'],
      state: 'active',
      createdAt: '2026-11-23T12:00:00.000Z',
      expiresAt: '2026-11-24T00:00:00.000Z',
    });
    const headers = { authorization: `Bearer ${made.apiId}.${made.apiSecret}` };
    expect((await app.request(SPEECH_SETTINGS, { headers })).status).toBe(200);
    const listed = await (await get(KEYS)).text();
    expect(listed).toContain(made.apiId);
    expect([listed, ...lines].filter((shown) => shown.includes(made.apiSecret))).toEqual([]);
  });
});
