import { describe, expect, it } from 'vitest';
import { hashApiSecret } from './api-key.ts';
import { authenticate, type StoredKey } from './authenticate.ts';

const HMAC_KEY = new Uint8Array(32).fill(1);
const NOW_MS = 1_000_000;
const hashSecret = (apiId: string, apiSecret: string) => hashApiSecret(HMAC_KEY, apiId, apiSecret);

function stored(fields: Partial<StoredKey> = {}): StoredKey {
  return {
    tenantId: 't',
    appId: 'a',
    apiId: 'id',
    secretHash: hashSecret('id', 'secret'),
    scopes: ['stream:write', 'no-longer-a-scope'],
    expiresAtMs: undefined,
    revokedAtMs: undefined,
    ...fields,
  };
}

function attempt(key: StoredKey | undefined, secret = 'secret') {
  const headers = new Headers({ 'asapp-api-id': 'id', 'asapp-api-secret': secret });
  return authenticate(headers, () => Promise.resolve(key), hashSecret, NOW_MS);
}

describe('authenticate', () => {
  it('names tenant, app and known scopes of the right key, and not its hash', async () => {
    expect(await attempt(stored())).toEqual({
      ok: true,
      key: { tenantId: 't', appId: 'a', apiId: 'id', scopes: ['stream:write'] },
    });
  });

  const refusals = [
    { given: 'no such id', key: undefined, secret: 'secret', want: 'wrong' },
    { given: 'another secret', key: stored(), secret: 'Secret', want: 'wrong' },
    {
      given: 'an empty stored hash',
      key: stored({ secretHash: new Uint8Array() }),
      secret: 'secret',
      want: 'wrong',
    },
    { given: 'expiry now', key: stored({ expiresAtMs: NOW_MS }), secret: 'secret', want: 'expired' },
    { given: 'revocation now', key: stored({ revokedAtMs: NOW_MS }), secret: 'secret', want: 'revoked' },
    { given: 'expired and the wrong secret', key: stored({ expiresAtMs: 1 }), secret: 'x', want: 'wrong' },
    { given: 'revoked and the wrong secret', key: stored({ revokedAtMs: 1 }), secret: 'x', want: 'wrong' },
  ];
  it.each(refusals)('answers $want to $given', async ({ key, secret, want }) => {
    expect(await attempt(key, secret)).toEqual({ ok: false, error: want });
  });

  it('accepts a key until its expiry or a planned revocation', async () => {
    const key = stored({ expiresAtMs: NOW_MS + 1, revokedAtMs: NOW_MS + 1 });
    expect(await attempt(key)).toMatchObject({ ok: true });
  });

  it('answers missing without a look-up when there are no credentials', async () => {
    const lookup = () => Promise.reject(new Error('looked up'));
    expect(await authenticate(new Headers(), lookup, hashSecret, NOW_MS)).toEqual({
      ok: false,
      error: 'missing',
    });
  });

  it('hashes the given secret also when the id is unknown', async () => {
    const hashed: string[] = [];
    const headers = new Headers({ 'asapp-api-id': 'nobody', 'asapp-api-secret': 'secret' });
    const counting = (apiId: string, apiSecret: string) => {
      hashed.push(apiId);
      return hashSecret(apiId, apiSecret);
    };
    await authenticate(headers, () => Promise.resolve(undefined), counting, NOW_MS);
    expect(hashed).toEqual(['nobody']);
  });

  it('passes on a failed look-up', async () => {
    const headers = new Headers({ 'asapp-api-id': 'id', 'asapp-api-secret': 'secret' });
    const lookup = () => Promise.reject(new Error('database down'));
    await expect(authenticate(headers, lookup, hashSecret, NOW_MS)).rejects.toThrow('database down');
  });
});
