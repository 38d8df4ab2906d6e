import { describe, expect, it } from 'vitest';
import { ACCEPTED_AT_MS, gatewayUnderTest, KEYS, SPEECH_SETTINGS } from '../../testing/gateway-under-test.ts';
import { readProblem } from '../../testing/read-problem.ts';
import { storedKey } from '../../testing/stored-key.ts';

describe('DELETE keys/{apiId} 204', () => {
  it('refuses the key with the next request, and is no error twice', async () => {
    const { post, app, send, get } = await gatewayUnderTest({ scopes: ['admin'] });
    const key = (await (await post(KEYS, { name: 'a', scopes: ['admin'] })).json()) as {
      apiId: string;
      apiSecret: string;
    };
    for (const _ of [1, 2]) expect((await send('DELETE', `${KEYS}/${key.apiId}`)).status).toBe(204);
    const headers = { authorization: `Bearer ${key.apiId}.${key.apiSecret}` };
    expect((await app.request(SPEECH_SETTINGS, { headers })).status).toBe(401);
    expect(await (await get(KEYS)).json()).toMatchObject({ items: [{ state: 'revoked' }] });
  });

  it('ends the overlap of a key that was rotated', async () => {
    const { keys, send } = await gatewayUnderTest({ scopes: ['admin'] });
    await keys.insert(storedKey('ek_1', { revokedAtMs: ACCEPTED_AT_MS + 60_000 }));
    await send('DELETE', `${KEYS}/ek_1`);
    expect(await keys.find('ek_1')).toMatchObject({ revokedAtMs: ACCEPTED_AT_MS });
  });
});

describe('DELETE keys/{apiId} 409-01', () => {
  it('refuses the key the request is made with', async () => {
    const { send } = await gatewayUnderTest({ scopes: ['admin'] });
    expect(await readProblem(await send('DELETE', `${KEYS}/test-key`))).toMatchObject({ code: '409-01' });
  });
});
