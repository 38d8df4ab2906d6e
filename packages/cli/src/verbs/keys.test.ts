import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApiUnderTest, type ApiUnderTest } from '../testing/api-under-test.ts';
import { UsageError } from '../verb.ts';
import { keys } from './keys.ts';

const KEY = {
  apiId: 'ek_1',
  name: 'export',
  scopes: ['export:read', 'messages:read'],
  state: 'retiring',
  createdAt: '2026-11-23T12:00:00.000Z',
  revokedAt: '2026-11-24T12:00:00.000Z',
  lastUsedAt: '2026-11-23T12:30:00.000Z',
};
const LINE =
  'ek_1  retiring  export  export:read,messages:read  used 2026-11-23T12:30:00.000Z  until 2026-11-24T12:00:00.000Z';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApiUnderTest();
});
beforeEach(() => {
  api.asked.splice(0);
  api.answer(({ method }) =>
    method === 'DELETE' ? { status: 204 } : { body: { ...KEY, apiSecret: 'es_1' } },
  );
});
afterAll(() => api.close());

const run = (...args: readonly string[]) => api.run(keys, ...args);

describe('earshot keys', () => {
  it('lists them', async () => {
    api.answer(() => ({ body: { items: [KEY] } }));
    expect((await run('list')).lines).toEqual([LINE]);
    expect((await run('list', '--json')).lines).toEqual([JSON.stringify({ items: [KEY] })]);
  });

  it('makes one and shows its secret', async () => {
    const expiresAt = '2027-01-31T00:00:00Z';
    const scopes = ['--scopes', 'export:read,messages:read'];
    const { lines } = await run('create', '--name', 'export', ...scopes, '--expires-at', expiresAt);
    expect(lines).toEqual([LINE, 'secret es_1 (shown this once)']);
    const body = { name: 'export', scopes: ['export:read', 'messages:read'], expiresAt };
    expect(api.asked).toEqual([{ method: 'POST', path: '/earshot/v1/keys', body }]);
  });

  it('rotates and revokes', async () => {
    await run('rotate', 'ek_1', '--overlap-seconds', '60');
    await run('rotate', 'ek_1');
    expect((await run('revoke', 'ek_1')).lines).toEqual(['Revoked ek_1']);
    expect(api.asked).toEqual([
      { method: 'POST', path: '/earshot/v1/keys/ek_1/rotate', body: { overlapSeconds: 60 } },
      { method: 'POST', path: '/earshot/v1/keys/ek_1/rotate', body: {} },
      { method: 'DELETE', path: '/earshot/v1/keys/ek_1', body: undefined },
    ]);
  });

  it.each([
    [],
    ['revoke'],
    ['rotate'],
    ['revoke', 'a', 'b'],
    ['list', 'a'],
    ['rotate', 'a', '--expires-at', '2027-01-31T00:00:00Z'],
    ['revoke', 'a', '--name', 'n'],
    ['create', '--name', 'n'],
    ['create', '--name', 'n', '--scopes', 'everything'],
    ['rotate', 'a', '--overlap-seconds', '999999999'],
  ])('says what is expected instead of %j %j %j %j', async (...args) => {
    await expect(run(...args.filter((arg) => typeof arg === 'string'))).rejects.toThrow(UsageError);
    expect(api.asked).toEqual([]);
  });
});
