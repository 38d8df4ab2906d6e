import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErasureReceipt, RetentionCounts, VerifiedErasure } from '@earshot/api';
import { hashApiSecret, newApiKey } from '@earshot/auth';
import { deriveMessageId } from '@earshot/domain';
import { createStorage, migrate, type Storage } from '@earshot/storage';
import { createDirectoryStore, recordingFolder, type ObjectStore } from '@earshot/storage/objects';
import { createTestDatabase, runMain, type RunningApp, type TestDatabase } from '@earshot/testing';
import { createVault } from '@earshot/vault';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const DAY_MS = 86_400_000;
const masterKey = randomBytes(32);
const key = newApiKey();
let database: TestDatabase;
let storage: Storage;
let app: RunningApp;
let folder: string;
let objects: ObjectStore;
let account: { readonly tenantId: string; readonly appId: string };

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.url);
  storage = createStorage({ databaseUrl: database.url });
  account = await storage.tenants.ensureDefault({ tenant: 'team', app: 'app' });
  const { apiKeyHmacKey } = createVault({ masterKey, dataKeys: storage.dataKeys });
  await storage.keys.insert({
    ...account,
    apiId: key.apiId,
    secretHash: hashApiSecret(apiKeyHmacKey, key.apiId, key.apiSecret),
    scopes: ['admin'],
    expiresAtMs: undefined,
    revokedAtMs: undefined,
  });
  await call('old', Date.now() - 8 * DAY_MS);
  folder = await mkdtemp(join(tmpdir(), 'earshot-retention-'));
  objects = createDirectoryStore(folder);
  const gone = { tenantId: account.tenantId, conversationId: '01GONE' };
  await objects.put(`${recordingFolder(gone)}/session/parts/0-1-1`, audio());
  app = await start();
});

afterAll(async () => {
  await storage.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

async function start(): Promise<RunningApp> {
  return await runMain(new URL('./main.ts', import.meta.url), {
    DATABASE_URL: database.url,
    EARSHOT_MASTER_KEY: masterKey.toString('base64'),
    RETENTION_EVERY_MS: '3600000',
    RECORDING_DIRECTORY: folder,
    LOG_LEVEL: 'warn',
  });
}

async function* audio(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('both sides');
}

/** A call that began then, in which one sentence was said; ended now unless told otherwise. */
async function call(guid: string, acceptedAtMs: number, end = true): Promise<{ conversationId: string }> {
  const outcome = await storage.calls.startSession({
    ...account,
    guid,
    customerExternalId: 'caller',
    agentExternalId: 'agent',
    settings: {
      language: 'en-US',
      detailedToken: false,
      audioRecordingAllowed: false,
      redactionOutput: 'redacted',
    },
    media: { streamArn: 'arn:aws:kinesisvideo:us-east-1:145051540001:stream/s/1', selector: { type: 'NOW' } },
    acceptedAtMs,
  });
  if (outcome.type !== 'started') throw new Error(`Cannot start the call of the test: ${outcome.type}`);
  const { sessionId, conversationId, streams } = outcome.session;
  const { tenantId } = account;
  const leased = await storage.calls.lease(tenantId, sessionId);
  const leaseEpoch = leased?.leaseEpoch ?? 0;
  // A commit is activity of today: the call of long ago stays silent.
  if (acceptedAtMs > Date.now() - DAY_MS) {
    await storage.calls.commitUtterance({
      tenantId,
      sessionId,
      leaseEpoch,
      conversationId,
      message: {
        messageId: deriveMessageId(acceptedAtMs, sessionId, 'customer', 0),
        streamId: streams[0].streamId,
        role: 'customer',
        senderExternalId: 'caller',
        text: 'Hello.',
        startMs: 0,
        endMs: 900,
        clientTimestampMs: acceptedAtMs,
      },
      fromSample: 0,
      throughSample: 8000,
      redactionState: undefined,
      webhookBody: '{}',
    });
  }
  if (guid === 'recorded') {
    const objectKey = `${recordingFolder({ tenantId, conversationId, sessionId })}/parts/0-1-1`;
    await objects.put(objectKey, audio());
    const part = { fromMs: 0, toMs: 900, objectKey, byteCount: 10, holes: [] };
    await storage.recordings.addPart({ tenantId, sessionId, leaseEpoch }, part, acceptedAtMs);
  }
  if (!end) return { conversationId };
  const over = { reason: 'stopped', trouble: undefined, endedAtMs: acceptedAtMs, progress: [] } as const;
  await storage.calls.endSession({ tenantId, sessionId, leaseEpoch, ...over, mediaReport: undefined });
  return { conversationId };
}

async function ask(method: string, path: string): Promise<Response> {
  const headers = { 'earshot-api-id': key.apiId, 'earshot-api-secret': key.apiSecret };
  return await fetch(`${app.baseUrl}${path}`, { method, headers });
}

const read = async (guid: string): Promise<number> =>
  (await ask('GET', `/conversation/v1/conversation/messages?externalId=${guid}`)).status;

describe('main with retention', () => {
  it('erases what is too old without being asked', async () => {
    await call('young', Date.now());
    await expect.poll(() => read('old')).toBe(404);
    expect(await read('young')).toBe(200);
  });

  it('erases a conversation, which is unknown afterwards, and verifies the receipt', async () => {
    await call('one', Date.now());
    expect(await read('one')).toBe(200);
    const response = await ask('DELETE', '/earshot/v1/conversations/one');
    expect(response.status).toBe(200);
    const { complete, ...receipt } = (await response.json()) as ErasureReceipt;
    expect(complete).toBe(true);
    expect(receipt.counts).toMatchObject({ conversations: 1, sessions: 1, messages: 1 });
    expect(await read('one')).toBe(404);
    expect((await ask('DELETE', '/earshot/v1/conversations/one')).status).toBe(404);
    const verified = (await (
      await ask('GET', `/earshot/v1/erasures/${receipt.id}`)
    ).json()) as VerifiedErasure;
    expect(verified).toEqual({ ...receipt, verified: true });
  });

  it('erases the audio of a conversation, and what is left of those that are gone', async () => {
    const { conversationId } = await call('recorded', Date.now());
    const { tenantId } = account;
    await expect.poll(() => objects.listFolders(`recordings/${tenantId}`)).toEqual([conversationId]);
    expect(await storage.recordings.listByConversation(tenantId, conversationId)).toHaveLength(1);
    const response = await ask('DELETE', '/earshot/v1/conversations/recorded');
    expect(((await response.json()) as ErasureReceipt).counts).toMatchObject({ sessions: 1, recordings: 1 });
    expect(await objects.list('recordings')).toEqual([]);
    expect((await ask('GET', '/earshot/v1/calls/recorded/recordings')).status).toBe(404);
  });

  it('refuses while the call runs or is held, and takes the guid again afterwards', async () => {
    await call('two', Date.now(), false);
    expect((await ask('DELETE', '/earshot/v1/conversations/two')).status).toBe(409);
    await call('three', Date.now());
    expect((await ask('PUT', '/earshot/v1/conversations/three/hold')).status).toBe(200);
    expect((await ask('DELETE', '/earshot/v1/conversations/three')).status).toBe(409);
    expect((await ask('DELETE', '/earshot/v1/conversations/three/hold')).status).toBe(204);
    expect((await ask('DELETE', '/earshot/v1/conversations/three')).status).toBe(200);
    await call('three', Date.now());
    expect(await read('three')).toBe(200);
  });

  it('tells how much went by age and on request, also after it was started anew', async () => {
    const counts = async () =>
      (await (await ask('GET', '/earshot/v1/retention/counts')).json()) as RetentionCounts;
    await expect.poll(async () => (await counts()).byAge.conversations).toBe(1);
    const { onRequest } = await counts();
    await call('counted', Date.now());
    expect((await ask('DELETE', '/earshot/v1/conversations/counted')).status).toBe(200);
    const told = await counts();
    const { conversations, messages } = onRequest;
    expect(told.onRequest).toEqual({
      ...onRequest,
      conversations: conversations + 1,
      messages: messages + 1,
    });
    expect(Date.parse(told.kept.receiptsSince ?? '')).toBeLessThanOrEqual(Date.now());
    expect(await app.stop()).toBe(0);
    app = await start();
    const { byAge, onRequest: asked, kept } = await counts();
    expect({ byAge, onRequest: asked, kept }).toEqual({
      byAge: told.byAge,
      onRequest: told.onRequest,
      kept: told.kept,
    });
  });

  it('ends with code 0 at SIGTERM', async () => {
    expect(await app.stop()).toBe(0);
  });
});
