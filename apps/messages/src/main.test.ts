import { randomBytes } from 'node:crypto';
import { hashApiSecret, newApiKey } from '@earshot/auth';
import { createStorage, migrate, type Storage } from '@earshot/storage';
import { createTestDatabase, type TestDatabase, runMain, type RunningApp } from '@earshot/testing';
import { createVault } from '@earshot/vault';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const masterKey = randomBytes(32);
const key = newApiKey();
const GUID = '8c259fea-8764-4a92-adc4-73572e9cf016';
let database: TestDatabase;
let storage: Storage;
let app: RunningApp;

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.url);
  storage = createStorage({ databaseUrl: database.url });
  const { tenantId, appId } = await storage.tenants.ensureDefault({ tenant: 'team', app: 'app' });
  const { apiKeyHmacKey } = createVault({ masterKey, dataKeys: storage.dataKeys });
  await storage.keys.insert({
    tenantId,
    appId,
    apiId: key.apiId,
    secretHash: hashApiSecret(apiKeyHmacKey, key.apiId, key.apiSecret),
    scopes: ['messages:read'],
    expiresAtMs: undefined,
    revokedAtMs: undefined,
  });
  await storage.calls.startSession({
    tenantId,
    appId,
    guid: GUID,
    customerExternalId: 'c',
    agentExternalId: 'a',
    settings: {
      language: 'en-US',
      detailedToken: false,
      audioRecordingAllowed: false,
      redactionOutput: 'redacted',
    },
    media: { streamArn: 'arn:aws:kinesisvideo:us-east-1:145051540001:stream/s/1', selector: { type: 'NOW' } },
    acceptedAtMs: Date.now(),
  });
  app = await runMain(new URL('./main.ts', import.meta.url), {
    DATABASE_URL: database.url,
    EARSHOT_MASTER_KEY: masterKey.toString('base64'),
    LOG_LEVEL: 'warn',
  });
});

afterAll(async () => {
  await storage.close();
  await database.drop();
});

describe('main', () => {
  const ask = async (externalId: string): Promise<{ status: number; body: unknown }> => {
    const url = `${app.baseUrl}/conversation/v1/conversation/messages?externalId=${externalId}`;
    const headers = { 'asapp-api-id': key.apiId, 'asapp-api-secret': key.apiSecret };
    const response = await fetch(url, { headers });
    return { status: response.status, body: await response.json() };
  };

  it('answers from the database with a key of the database', async () => {
    expect(await ask(GUID)).toEqual({ status: 200, body: { items: [] } });
    expect(await ask('nobody')).toMatchObject({ status: 404, body: { error: { code: '404-01' } } });
    expect((await fetch(`${app.baseUrl}/readyz`)).status).toBe(200);
  });

  it('ends with code 0 at SIGTERM', async () => {
    expect(await app.stop()).toBe(0);
  });
});
