import { randomBytes } from 'node:crypto';
import { hashApiSecret, newApiKey } from '@earshot/auth';
import { deriveMessageId } from '@earshot/domain';
import { openLiveBus, type LiveBus } from '@earshot/queues';
import { createStorage, migrate, type CallSession, type Storage } from '@earshot/storage';
import { createTestDatabase, type TestDatabase, runMain, type RunningApp } from '@earshot/testing';
import { createVault } from '@earshot/vault';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEvents } from './testing/read-events.ts';

const masterKey = randomBytes(32);
const key = newApiKey();
const GUID = '8c259fea-8764-4a92-adc4-73572e9cf016';
let database: TestDatabase;
let storage: Storage;
let app: RunningApp;
let bus: LiveBus;

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
    scopes: ['messages:read', 'transcripts:partial'],
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
  bus = await openLiveBus({ databaseUrl: database.url });
  app = await runMain(new URL('./main.ts', import.meta.url), {
    DATABASE_URL: database.url,
    EARSHOT_MASTER_KEY: masterKey.toString('base64'),
    LOG_LEVEL: 'warn',
  });
});

afterAll(async () => {
  await bus.close();
  await storage.close();
  await database.drop();
});

async function session(): Promise<CallSession> {
  const { tenantId } = await storage.tenants.ensureDefault({ tenant: 'team', app: 'app' });
  const [first] = (await storage.calls.getCall(tenantId, GUID))?.sessions ?? [];
  if (first === undefined) throw new Error('Cannot find the session of the test');
  return first;
}

/** Commits a message of the customer as a worker does. */
async function say(messageId: string, text: string): Promise<void> {
  const { tenantId, sessionId, conversationId, streams } = await session();
  const leased = await storage.calls.lease(tenantId, sessionId);
  await storage.calls.commitUtterance({
    tenantId,
    sessionId,
    leaseEpoch: leased?.leaseEpoch ?? 0,
    conversationId,
    message: {
      messageId,
      streamId: streams[0].streamId,
      role: 'customer',
      senderExternalId: 'c',
      text,
      startMs: 0,
      endMs: 900,
      clientTimestampMs: Date.now(),
    },
    fromSample: 0,
    throughSample: 8000,
    redactionState: undefined,
    webhookBody: '{}',
  });
}

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

  it('is followed live: messages from the store, partials from the bus', async () => {
    const { tenantId, conversationId, sessionId, streams } = await session();
    const stream = { tenantId, conversationId, sessionId, streamId: streams[0].streamId };
    const headers = { 'earshot-api-id': key.apiId, 'earshot-api-secret': key.apiSecret };
    const live = readEvents(
      await fetch(`${app.baseUrl}/earshot/v1/calls/${GUID}/live?partials=true`, { headers }),
    );
    await expect.poll(() => bus.isWatched(tenantId, conversationId, 'partials')).toBe(true);
    const partial = {
      guid: GUID,
      role: 'customer',
      senderExternalId: 'c',
      text: 'Hel',
      revision: 1,
    } as const;
    bus.publish({ type: 'partial', ...stream, ...partial, startMs: 0, endMs: 300 });
    expect(await live.take(1)).toMatchObject([{ event: 'partial', data: { text: 'Hel' } }]);
    const messageId = deriveMessageId(Date.now(), sessionId, 'customer', 0);
    await say(messageId, 'Hello.');
    bus.publish({ type: 'committed', ...stream, messageId, startMs: 0 });
    const want = { text: 'Hello.', messageId, startMs: 0, endMs: 900, streamId: stream.streamId };
    expect(await live.take(1)).toMatchObject([{ event: 'message', data: want }]);
    await live.close();
  });

  it('ends with code 0 at SIGTERM though somebody follows, whose stream ends', async () => {
    const headers = { 'earshot-api-id': key.apiId, 'earshot-api-secret': key.apiSecret };
    const live = readEvents(await fetch(`${app.baseUrl}/earshot/v1/calls/${GUID}/live`, { headers }));
    expect((await live.take(1)).length).toBe(1);
    expect(await app.stop()).toBe(0);
    expect(await live.next()).toBeUndefined();
  });
});
