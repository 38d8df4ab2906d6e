import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createMemoryDataKeyStore } from '../testing.ts';
import { createVault } from './vault.ts';

const masterKey = new Uint8Array(randomBytes(32));
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function setUp() {
  const dataKeys = createMemoryDataKeyStore();
  return { dataKeys, vault: createVault({ masterKey, dataKeys }) };
}

describe('createVault', () => {
  const plaintexts = ['', 'hunter2', 'Grüße 🔑', '\u0000'.repeat(100_000)];
  it.each(plaintexts)('opens what it sealed', async (given) => {
    const { vault } = setUp();
    const sealed = await vault.seal('t', 'r', given);
    expect(text(await vault.open('t', 'r', sealed))).toBe(given);
  });

  it('seals bytes as they are', async () => {
    const { vault } = setUp();
    const bytes = Uint8Array.of(0, 255, 128, 10);
    expect(new Uint8Array(await vault.open('t', 'r', await vault.seal('t', 'r', bytes)))).toEqual(bytes);
  });

  it('shows nothing of the text and never seals alike twice', async () => {
    const { vault } = setUp();
    const [a, b] = [await vault.seal('t', 'r', 'hunter2'), await vault.seal('t', 'r', 'hunter2')];
    expect(Buffer.from(a).toString('latin1')).not.toContain('hunter2');
    expect(Buffer.from(a).equals(b)).toBe(false);
  });

  const elsewhere = [
    { given: 'another tenant', tenantId: 'u', recordId: 'r' },
    { given: 'another record', tenantId: 't', recordId: 's' },
    { given: 'a shifted border between the two', tenantId: 't"', recordId: ',"r' },
  ];
  it.each(elsewhere)('does not open for $given', async ({ tenantId, recordId }) => {
    const { vault, dataKeys } = setUp();
    const sealed = await vault.seal('t', 'r', 'hunter2');
    const row = await dataKeys.current('t');
    // Even a copied data key row does not help: the wrapping is bound to its tenant.
    if (row !== undefined) await dataKeys.insert(tenantId, row);
    await expect(vault.open(tenantId, recordId, sealed)).rejects.toMatchObject({
      code: 'vault.not-authentic',
    });
  });

  it('says that the key is unknown where the tenant has none', async () => {
    const { vault } = setUp();
    const sealed = await vault.seal('t', 'r', 'x');
    await expect(vault.open('u', 'r', sealed)).rejects.toMatchObject({
      code: 'vault.unknown-key',
      retryable: false,
    });
  });

  it('notices a change of any one byte', async () => {
    const { vault } = setUp();
    const sealed = await vault.seal('t', 'r', 'hunter2');
    for (let i = 0; i < sealed.byteLength; i += 1) {
      const changed = Uint8Array.from(sealed, (byte, at) => (at === i ? byte ^ 1 : byte));
      await expect(vault.open('t', 'r', changed)).rejects.toMatchObject({
        code: expect.stringMatching(/^vault\./),
      });
    }
  });

  it('refuses every cut', async () => {
    const { vault } = setUp();
    const sealed = await vault.seal('t', 'r', 'hunter2');
    for (let length = 0; length < sealed.byteLength; length += 1) {
      await expect(vault.open('t', 'r', sealed.slice(0, length))).rejects.toMatchObject({
        code: expect.stringMatching(/^vault\.(malformed|not-authentic|unknown-key)$/),
      });
    }
  });

  it('gives one data key to concurrent first uses in several processes', async () => {
    const dataKeys = createMemoryDataKeyStore();
    const vaults = Array.from({ length: 8 }, () => createVault({ masterKey, dataKeys }));
    const sealed = await Promise.all(vaults.map((vault, i) => vault.seal('t', `r${i}`, `text ${i}`)));
    const keyIds = sealed.map((record) => text(record.slice(2, 2 + (record[1] ?? 0))));
    expect(new Set(keyIds).size).toBe(1);
    const fresh = createVault({ masterKey, dataKeys });
    const opened = await Promise.all(sealed.map((record, i) => fresh.open('t', `r${i}`, record)));
    expect(opened.map(text)).toEqual(vaults.map((_, i) => `text ${i}`));
  });

  it('seals under the new key after a rotation and still opens what the old one sealed', async () => {
    const { vault, dataKeys } = setUp();
    const before = await vault.seal('t', 'r', 'old');
    dataKeys.retireCurrent('t');
    const after = await vault.seal('t', 'r', 'new');
    expect(Buffer.from(before.slice(0, 38)).equals(after.slice(0, 38))).toBe(false);
    const fresh = createVault({ masterKey, dataKeys });
    expect(text(await fresh.open('t', 'r', before))).toBe('old');
    expect(text(await fresh.open('t', 'r', after))).toBe('new');
  });

  it('opens nothing with another master key', async () => {
    const { vault, dataKeys } = setUp();
    const sealed = await vault.seal('t', 'r', 'x');
    const other = createVault({ masterKey: new Uint8Array(randomBytes(32)), dataKeys });
    await expect(other.open('t', 'r', sealed)).rejects.toMatchObject({ code: 'vault.not-authentic' });
  });

  it('derives one HMAC key per master key, which is not the master key', () => {
    const again = createVault({ masterKey, dataKeys: createMemoryDataKeyStore() }).apiKeyHmacKey;
    const other = createVault({
      masterKey: new Uint8Array(32),
      dataKeys: createMemoryDataKeyStore(),
    }).apiKeyHmacKey;
    expect(setUp().vault.apiKeyHmacKey).toEqual(again);
    expect(again).not.toEqual(other);
    expect(again).not.toEqual(masterKey);
    expect(again.byteLength).toBe(32);
    expect(setUp().vault.erasureHmacKey).toEqual(setUp().vault.erasureHmacKey);
    expect(setUp().vault.erasureHmacKey).not.toEqual(again);
  });

  it('refuses a master key of another length and a record over the limit', async () => {
    const dataKeys = createMemoryDataKeyStore();
    expect(() => createVault({ masterKey: new Uint8Array(16), dataKeys })).toThrow('it has 16 bytes');
    const { vault } = setUp();
    await expect(vault.seal('t', 'r', new Uint8Array(16 * 1024 * 1024 + 1))).rejects.toMatchObject({
      code: 'vault.too-large',
    });
  });

  it('passes on a failure of the store', async () => {
    const dataKeys = {
      ...createMemoryDataKeyStore(),
      current: () => Promise.reject(new Error('database down')),
    };
    await expect(createVault({ masterKey, dataKeys }).seal('t', 'r', 'x')).rejects.toThrow('database down');
  });
});
