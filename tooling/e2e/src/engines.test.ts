import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashApiSecret, newApiKey } from '@earshot/auth';
import { createEarshotClient, type EarshotClient } from '@earshot/client';
import { ensureStream, putCall } from '@earshot/connect-producer';
import {
  newMasterKey,
  openCallDesk,
  startEmulator,
  startNodeProcess,
  type CallDesk,
  type LogRecord,
  type NodeProcess,
} from '@earshot/scripted-ingest';
import { startDeepgramServer, type DeepgramServer } from '@earshot/speech/testing/deepgram';
import { createTestDatabase, type TestDatabase } from '@earshot/testing';
import { createVault } from '@earshot/vault';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clip, PIN_PART } from './call-clip.ts';
import { bytesOf } from './kill/spoken-call.ts';

const SPEED = 4;
const PIN = '5937';

describe('a deployment that offers two engines', () => {
  let directory: string;
  let database: TestDatabase;
  let desk: CallDesk;
  let deepgram: DeepgramServer;
  let client: EarshotClient;
  let emulator: NodeProcess;
  const processes: NodeProcess[] = [];
  const logged: LogRecord[] = [];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'earshot-engines-'));
    database = await createTestDatabase();
    [emulator, desk, deepgram] = await Promise.all([
      startEmulator(),
      openCallDesk({ databaseUrl: database.url, redisUrl: undefined }),
      startDeepgramServer(),
    ]);
    processes.push(emulator);
    const masterKey = newMasterKey();
    const env = {
      DATABASE_URL: database.url,
      EARSHOT_MASTER_KEY: masterKey,
      EARSHOT_CACHE_DIR: directory,
      KVS_ENDPOINT_URL: emulator.baseUrl,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'earshot-emulator',
      AWS_SECRET_ACCESS_KEY: 'earshot-emulator',
      AWS_EC2_METADATA_DISABLED: 'true',
      SPEECH_ENGINES: 'moonshine,deepgram',
      SPEECH_LANGUAGES: 'en-US,es-US',
      DEEPGRAM_API_KEY: 'canary-secret',
      DEEPGRAM_URL: deepgram.url,
    };
    const app = async (name: string): Promise<NodeProcess> => {
      const main = new URL(`../../../apps/${name}/src/main.ts`, import.meta.url);
      const started = await startNodeProcess(main, { env, onRecord: (record) => void logged.push(record) });
      processes.push(started);
      return started;
    };
    const [gateway] = await Promise.all([app('gateway'), app('ingest')]);
    client = createEarshotClient({ baseUrl: gateway.baseUrl, ...(await newKey(desk, masterKey)) });
    const { tenantId } = desk;
    const anyAccount = { accountId: '*', roleArn: undefined, externalId: undefined };
    await desk.storage.kinesisSources.put({ tenantId, ...anyAccount });
  }, 120_000);

  afterAll(async () => {
    await Promise.all(processes.map((each) => each.stop()));
    await deepgram?.close();
    await desk?.close();
    await database?.drop();
    await rm(directory, { recursive: true, force: true });
  });

  /** Plays the exchange about the PIN and answers what was stored of it. */
  async function play(autotranscribeParams: { engine?: string; language?: string } = {}) {
    const guid = randomUUID();
    const stream = { endpointUrl: emulator.baseUrl, streamName: `engines-${guid}` };
    const { streamArn } = await ensureStream(stream);
    const ids = { namespace: 'amazonconnect', guid, customerId: 'c', agentId: 'a' } as const;
    await client.startStreaming({ ...ids, autotranscribeParams, amazonConnectParams: { streamArn } });
    const [customer, agent] = [await clip('customer', [PIN_PART]), await clip('agent', [PIN_PART])];
    const tracks = { customer: bytesOf(customer), agent: bytesOf(agent) };
    await putCall({ ...stream, contactId: guid, tracks, speed: SPEED, startAtMs: Date.now() });
    await client.stopStreaming({ namespace: 'amazonconnect', guid });
    await expect.poll(async () => (await client.getCall(guid)).state).toBe('ended');
    const [session] = (await client.getCall(guid)).sessions;
    const { tenantId, storage } = desk;
    const page = await storage.messages.listByExternalId({ tenantId, externalId: guid, limit: 100 });
    return { speech: session?.speech, texts: (page?.items ?? []).map(({ text }) => text) };
  }

  it('hears a call with the engine that it asks for, and with the default', async () => {
    const [asked, default_] = await Promise.all([play({ engine: 'deepgram' }), play()]);
    expect(asked.speech).toEqual({ engine: 'deepgram', fallback: { count: 0 } });
    expect(asked.texts.join(' ')).toMatch(/tone/i);
    expect(default_.speech).toEqual({ engine: 'moonshine', fallback: { count: 0 } });
    expect(default_.texts.join(' ')).toMatch(/PIN number is #/);
  });

  it('takes the choice of the tenant, and the languages of the engine of the call', async () => {
    await client.speechSettings.put({ engine: 'deepgram' });
    const { speech } = await play({ language: 'es-us' });
    expect(speech).toMatchObject({ engine: 'deepgram' });
    await client.speechSettings.put({ engine: null });
    await expect(play({ language: 'es-US' })).rejects.toMatchObject({
      code: '400-202',
      message: expect.stringContaining('engine "deepgram" can do the language asked for'),
    });
    await expect(play({ engine: 'sherpa' })).rejects.toMatchObject({
      message: expect.stringContaining('/autotranscribeParams/engine must be "moonshine" or "deepgram"'),
    });
  });

  it('hears a call with the local engine where the chosen one is away, and says so', async () => {
    await deepgram.close();
    const { speech, texts } = await play({ engine: 'deepgram' });
    expect(speech).toMatchObject({
      engine: 'deepgram',
      fallback: { lastReason: expect.stringMatching(/^speech\.engine-unavailable$|^circuit-open$/) },
    });
    expect(speech?.fallback.count).toBeGreaterThan(0);
    expect(texts.join(' ')).toMatch(/PIN number is #/);
    const fellBack = logged.filter(({ event }) => event === 'speech.fell-back');
    expect(fellBack.length).toBeGreaterThan(0);
    expect(JSON.stringify(logged)).not.toMatch(new RegExp(`${PIN}|canary-secret|PIN number`, 'i'));
  });
});

async function newKey({ storage }: CallDesk, masterKey: string) {
  const { apiId, apiSecret } = newApiKey();
  const vault = createVault({ masterKey: Buffer.from(masterKey, 'base64'), dataKeys: storage.dataKeys });
  await storage.keys.insert({
    ...(await storage.tenants.ensureDefault({ tenant: 'Default', app: 'Default' })),
    apiId,
    secretHash: hashApiSecret(vault.apiKeyHmacKey, apiId, apiSecret),
    scopes: ['stream:write', 'messages:read', 'admin'],
    expiresAtMs: undefined,
    revokedAtMs: undefined,
  });
  return { apiId, apiSecret };
}
