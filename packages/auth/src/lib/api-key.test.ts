import { describe, expect, it } from 'vitest';
import { hashApiSecret, isWellFormedApiSecret, newApiKey } from './api-key.ts';

describe('newApiKey', () => {
  it('gives an id and a secret that fit in headers and a bearer token, another each time', () => {
    const key = newApiKey();
    expect(key.apiId).toMatch(/^ek_[0-9A-Za-z]{16}$/);
    expect(key.apiSecret).toMatch(/^es_[0-9A-Za-z]{46}$/);
    expect(newApiKey()).not.toEqual(key);
  });
});

describe('isWellFormedApiSecret', () => {
  it('accepts what newApiKey made', () => {
    expect(isWellFormedApiSecret(newApiKey().apiSecret)).toBe(true);
  });

  it('refuses a secret with any one character changed, cut or added', () => {
    const { apiSecret } = newApiKey();
    for (let i = 0; i < apiSecret.length; i += 1) {
      const other = apiSecret.charAt(i) === 'a' ? 'b' : 'a';
      expect(isWellFormedApiSecret(apiSecret.slice(0, i) + other + apiSecret.slice(i + 1))).toBe(false);
    }
    expect(isWellFormedApiSecret(apiSecret.slice(0, -1))).toBe(false);
    expect(isWellFormedApiSecret(`${apiSecret}a`)).toBe(false);
    expect(isWellFormedApiSecret('')).toBe(false);
  });
});

describe('hashApiSecret', () => {
  const hmacKey = new Uint8Array(32).fill(7);
  const hash = (id: string, secret: string, key = hmacKey) =>
    Buffer.from(hashApiSecret(key, id, secret)).toString('hex');

  it('is 32 bytes that depend on key, id and secret', () => {
    expect(hash('i', 's')).toHaveLength(64);
    expect(hash('i', 's')).toBe(hash('i', 's'));
    const all = [hash('i', 's'), hash('j', 's'), hash('i', 't'), hash('i', 's', new Uint8Array(32))];
    expect(new Set(all).size).toBe(4);
  });
});
