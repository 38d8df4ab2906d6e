import { describe, expect, it } from 'vitest';
import { ACCEPTED_AT_MS, gatewayUnderTest, KEYS, SPEECH_SETTINGS } from '../../testing/gateway-under-test.ts';
import { readProblem } from '../../testing/read-problem.ts';
import { storedKey } from '../../testing/stored-key.ts';

interface Made {
  readonly apiId: string;
  readonly apiSecret: string;
}

describe('POST keys/{apiId}/rotate 201', () => {
  it('lets both keys in during the overlap and only the new one after it', async () => {
    const clock = { nowMs: ACCEPTED_AT_MS, now: () => clock.nowMs };
    const { post, app, get } = await gatewayUnderTest({ scopes: ['admin'], clock });
    const allowed = async ({ apiId, apiSecret }: Made) => {
      const headers = { authorization: `Bearer ${apiId}.${apiSecret}` };
      return (await app.request(SPEECH_SETTINGS, { headers })).status;
    };
    const old = (await (await post(KEYS, { name: 'a', scopes: ['admin'] })).json()) as Made;
    const response = await post(`${KEYS}/${old.apiId}/rotate`, { overlapSeconds: 60 });
    expect(response.status).toBe(201);
    const next = (await response.json()) as Made;
    expect(next).toMatchObject({ name: 'a', scopes: ['admin'], state: 'active' });
    expect([await allowed(old), await allowed(next)]).toEqual([200, 200]);
    const { items } = (await (await get(KEYS)).json()) as { items: object[] };
    expect(items).toContainEqual(
      expect.objectContaining({
        apiId: old.apiId,
        state: 'retiring',
        revokedAt: '2026-11-23T12:01:00.000Z',
      }),
    );
    clock.nowMs += 60_000;
    expect([await allowed(old), await allowed(next)]).toEqual([401, 200]);
  });
});

describe('POST keys/{apiId}/rotate 409-01', () => {
  const over = [
    { given: 'one that was rotated', change: { revokedAtMs: ACCEPTED_AT_MS + 1 } },
    { given: 'one that is revoked', change: { revokedAtMs: 0 } },
    { given: 'one that has expired', change: { expiresAtMs: ACCEPTED_AT_MS } },
  ];
  it.each(over)('refuses $given', async ({ change }) => {
    const { post, keys } = await gatewayUnderTest({ scopes: ['admin'] });
    await keys.insert(storedKey('ek_1', change));
    expect(await readProblem(await post(`${KEYS}/ek_1/rotate`, {}))).toMatchObject({ code: '409-01' });
  });
});

describe('POST keys/{apiId}/rotate 403-01', () => {
  it('gives nobody a secret of a key that may more than theirs', async () => {
    const { post, keys } = await gatewayUnderTest({ scopes: ['admin'] });
    await keys.insert(storedKey('ek_1', { scopes: ['messages:read', 'transcripts:unredacted'] }));
    const problem = await readProblem(await post(`${KEYS}/ek_1/rotate`, {}));
    expect(problem).toMatchObject({
      code: '403-01',
      detail: 'The key lacks the scope transcripts:unredacted',
    });
    expect(await keys.find('ek_1')).toMatchObject({ revokedAtMs: undefined });
  });
});
