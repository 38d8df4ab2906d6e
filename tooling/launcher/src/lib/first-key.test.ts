import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStorage, migrate, type Storage } from '@earshot/storage';
import { createTestDatabase, type TestDatabase } from '@earshot/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureFirstKey, FIRST_KEY_NAME } from './first-key.ts';
import { LauncherError } from './launcher-error.ts';

let folder: string;
let database: TestDatabase;
let storage: Storage;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-first-key-'));
  database = await createTestDatabase();
  await migrate(database.url);
  storage = createStorage({ databaseUrl: database.url });
});
afterAll(async () => {
  await storage.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

describe('ensureFirstKey', () => {
  const masterKey = { key: randomBytes(32).toString('base64'), file: undefined };
  const ensure = (given = masterKey) => {
    const credentialsFile = join(folder, 'credentials.json');
    return ensureFirstKey({ storage, masterKey: given, credentialsFile, baseUrl: 'http://localhost:8080' });
  };
  const keys = async () => {
    const account = await storage.tenants.ensureDefault({ tenant: 'Default', app: 'Default' });
    return (await storage.keys.list({ ...account, limit: 10 })).items;
  };

  it('makes one key, with a name, and finds it again', async () => {
    const first = await ensure();
    expect(first.isNew).toBe(true);
    expect(await ensure()).toEqual({ credentials: first.credentials, isNew: false, isForeign: false });
    expect(await keys()).toMatchObject([
      { apiId: first.credentials.apiId, name: FIRST_KEY_NAME, scopes: ['admin'] },
    ]);
  });

  it('makes another one under another master key', async () => {
    const { credentials } = await ensure();
    const other = await ensure({ key: randomBytes(32).toString('base64'), file: undefined });
    expect([other.isNew, other.isForeign]).toEqual([true, true]);
    expect(other.credentials.apiId).not.toBe(credentials.apiId);
    expect(await keys()).toHaveLength(2);
  });

  it('makes another one in the place of one that is revoked', async () => {
    const { credentials } = await ensure();
    const account = await storage.tenants.ensureDefault({ tenant: 'Default', app: 'Default' });
    await storage.keys.revoke({ ...account, apiId: credentials.apiId, atMs: Date.now() });
    const next = await ensure();
    expect([next.isNew, next.isForeign]).toEqual([true, false]);
    expect(next.credentials.apiId).not.toBe(credentials.apiId);
    expect(await ensure()).toEqual({ ...next, isNew: false });
  });

  it('tells a master key that is none, and what to do about it', async () => {
    const refused = ensure({ key: 'bad', file: undefined });
    await expect(refused).rejects.toThrow(LauncherError);
    await expect(refused).rejects.toThrow('does not hold base64 of 32 bytes');
  });
});
