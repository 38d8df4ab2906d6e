import { randomBytes } from 'node:crypto';
import { hashApiSecret, newApiKey } from '@earshot/auth';
import {
  callSessionsQueue,
  connectQueues,
  migrateQueues,
  runWorker,
  type CallSessionJob,
  type QueueConnection,
  type RunningWorker,
} from '@earshot/queues';
import { createStorage, migrate, type Storage } from '@earshot/storage';
import { createTestDatabase, type TestDatabase, runMain, type RunningApp } from '@earshot/testing';
import { createVault, type Vault } from '@earshot/vault';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ENDPOINTS,
  GUID,
  GUIDE_START,
  GUIDE_STOP,
  KEYS,
  REDACTION_ENTITIES,
  REDACTION_POLICY,
  START,
  STOP,
  VOCABULARIES,
} from './testing/gateway-under-test.ts';

const masterKey = randomBytes(32);
const key = newApiKey();
let database: TestDatabase;
let storage: Storage;
let vault: Vault;
let queues: QueueConnection;
let worker: RunningWorker;
let app: RunningApp;
let account: { tenantId: string; appId: string };
const jobs: CallSessionJob[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.url);
  await migrateQueues(database.url);
  storage = createStorage({ databaseUrl: database.url });
  vault = createVault({ masterKey, dataKeys: storage.dataKeys });
  account = await storage.tenants.ensureDefault({ tenant: 'team', app: 'app' });
  await storage.keys.insert({
    ...account,
    apiId: key.apiId,
    secretHash: hashApiSecret(vault.apiKeyHmacKey, key.apiId, key.apiSecret),
    scopes: ['stream:write', 'webhooks:admin', 'admin'],
    expiresAtMs: undefined,
    revokedAtMs: undefined,
  });
  const source = { accountId: '145051540001', roleArn: undefined, externalId: undefined };
  await storage.kinesisSources.put({ tenantId: account.tenantId, ...source });
  queues = await connectQueues({ databaseUrl: database.url });
  worker = await runWorker(queues, callSessionsQueue, playCall, { concurrency: 1, onError: () => {} });
  app = await runMain(new URL('./main.ts', import.meta.url), {
    DATABASE_URL: database.url,
    EARSHOT_MASTER_KEY: masterKey.toString('base64'),
    LOG_LEVEL: 'error',
  });
});

afterAll(async () => {
  await app.stop('SIGKILL');
  await worker.close();
  await queues.close();
  await storage.close();
  await database.drop();
});

/** Plays the worker: leases the session, hears two seconds of the customer, ends when the stop comes. */
async function playCall(job: CallSessionJob): Promise<{ type: 'done' }> {
  jobs.push(job);
  const { tenantId, sessionId } = job;
  const leased = await storage.calls.lease(tenantId, sessionId);
  if (leased === undefined) return { type: 'done' };
  const { leaseEpoch } = leased;
  const stopped = Promise.withResolvers<void>();
  const unlisten = await storage.notifications.listen(
    'session_stop',
    (id) => id === sessionId && stopped.resolve(),
  );
  const [control] = await storage.calls.readControls([{ tenantId, sessionId, leaseEpoch }]);
  if (control?.type === 'held' && control.stopAtMs === undefined) await stopped.promise;
  await unlisten();
  await storage.calls.endSession({
    tenantId,
    sessionId,
    leaseEpoch,
    reason: 'stopped',
    trouble: undefined,
    endedAtMs: Date.now(),
    progress: [
      { role: 'customer', audioBytes: 32_000 },
      { role: 'agent', audioBytes: 16_016 },
    ],
    mediaReport: undefined,
  });
  return { type: 'done' };
}

async function send(method: string, path: string, body?: unknown) {
  const response = await fetch(`${app.baseUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key.apiId}.${key.apiSecret}`,
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>),
  };
}

describe('main', () => {
  it('carries a call from start to stop over the database and the queue', async () => {
    expect((await fetch(`${app.baseUrl}/readyz`)).status).toBe(200);
    expect(await send('POST', START, GUIDE_START)).toMatchObject({ status: 200, body: { isOk: true } });
    expect(await send('POST', START, GUIDE_START)).toMatchObject({ body: { error: { code: '409-201' } } });
    await expect.poll(() => jobs.length).toBe(1);
    const summary = (bytes: number, ms: number, seconds: number) => ({
      totalAudioBytes: bytes,
      audioDurationMs: ms,
      streamingSeconds: seconds,
      transcripts: 0,
    });
    expect(await send('POST', STOP, GUIDE_STOP)).toMatchObject({
      status: 200,
      body: {
        isOk: true,
        autotranscribeResponse: {
          customer: { status: { code: 1000 }, summary: summary(32_000, 2000, 2) },
          agent: { status: { code: 1000 }, summary: summary(16_016, 1001, 2) },
        },
      },
    });
    expect(await send('POST', STOP, GUIDE_STOP)).toMatchObject({ body: { error: { code: '409-201' } } });
    expect(await send('GET', `/earshot/v1/calls/${GUID}`)).toMatchObject({
      status: 200,
      body: { state: 'ended', sessions: [{ ordinal: 1, endedReason: 'stopped' }] },
    });
  });

  it('lets one of two starts at once win', async () => {
    const body = { ...GUIDE_START, guid: 'two-at-once' };
    const answers = await Promise.all([send('POST', START, body), send('POST', START, body)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    await send('POST', STOP, { ...GUIDE_STOP, guid: 'two-at-once' });
  });

  it('knows no call that was never started', async () => {
    const stop = await send('POST', STOP, { ...GUIDE_STOP, guid: 'nobody' });
    expect(stop).toMatchObject({ status: 400, body: { error: { code: '400-203' } } });
    const start = structuredClone(GUIDE_START);
    start.amazonConnectParams.streamArn = start.amazonConnectParams.streamArn.replace(
      '145051540001',
      '999999999999',
    );
    expect(await send('POST', START, start)).toMatchObject({
      status: 400,
      body: { error: { code: '400-201' } },
    });
  });

  it('seals the secret of an endpoint so that the publisher can open it', async () => {
    const auth = { type: 'secret', name: 'x-token', in: 'header', value: 'correct horse' };
    const created = await send('POST', ENDPOINTS, { name: 'a', url: 'https://example.com/', auth });
    expect(created.status).toBe(201);
    const id = String(created.body?.['id']);
    const [secret] = await storage.endpoints.getSecrets(account.tenantId, id);
    const record = `endpoint:${id}:auth-secret`;
    const opened = await vault.open(account.tenantId, record, secret?.sealed ?? new Uint8Array());
    expect(Buffer.from(opened).toString()).toBe('correct horse');
    expect(await send('PATCH', `${ENDPOINTS}/${id}`, { enabled: false })).toMatchObject({
      body: { state: 'disabled' },
    });
    expect(await send('GET', ENDPOINTS)).toMatchObject({ body: { items: [{ id }] } });
    expect((await send('DELETE', `${ENDPOINTS}/${id}`)).status).toBe(204);
    expect((await send('GET', `${ENDPOINTS}/${id}`)).status).toBe(404);
  });

  it('shows a signing secret once and seals what it showed, over rotations at once', async () => {
    const body = { name: 'signed', url: 'https://example.com/', auth: { type: 'signature' } };
    const created = await send('POST', ENDPOINTS, body);
    const id = String(created.body?.['id']);
    const rotated = await Promise.all(
      [1, 2].map(() => send('POST', `${ENDPOINTS}/${id}/rotate-secret`, { overlapSeconds: 3600 })),
    );
    expect(rotated.map(({ status }) => status)).toEqual([200, 200]);
    const sealed = await storage.endpoints.getSecrets(account.tenantId, id);
    const opened = await Promise.all(
      sealed.map(({ kind, sealed: bytes }) => vault.open(account.tenantId, `endpoint:${id}:${kind}`, bytes)),
    );
    const shown = rotated.map((answer) => String(answer.body?.['signingSecret']));
    expect(opened.map((secret) => Buffer.from(secret).toString()).toSorted()).toEqual(shown.toSorted());
    const read = await send('GET', `${ENDPOINTS}/${id}`);
    expect(read.body).toMatchObject({ auth: [{ type: 'signature', previousUntil: expect.any(String) }] });
    expect(read.body).not.toHaveProperty('signingSecret');
    await send('DELETE', `${ENDPOINTS}/${id}`);
  });

  it('pauses an endpoint, and has its open circuit probed when it resumes', async () => {
    const { body } = await send('POST', ENDPOINTS, { name: 'paused', url: 'https://example.com/' });
    const one = `${ENDPOINTS}/${String(body?.['id'])}`;
    const endpointId = String(body?.['id']);
    const open = { state: 'open', openedAtMs: Date.now(), nextProbeAtMs: Date.now() + 600_000 } as const;
    await storage.circuits.change(account.tenantId, endpointId, (circuit) => ({ ...circuit, ...open }));
    expect(await send('GET', one)).toMatchObject({ body: { circuit: { state: 'open' } } });
    expect(await send('POST', `${one}/pause`)).toMatchObject({ status: 200, body: { state: 'paused' } });
    expect(await send('POST', `${one}/resume`)).toMatchObject({ status: 200, body: { state: 'active' } });
    const circuits = await storage.circuits.read(account.tenantId, [endpointId]);
    expect(circuits.get(endpointId)?.nextProbeAtMs).toBeLessThanOrEqual(Date.now());
    await send('DELETE', one);
  });

  it('makes a key that works at once, notes its use, replaces it, and refuses it once revoked', async () => {
    const made = await send('POST', KEYS, { name: 'second', scopes: ['webhooks:admin'] });
    expect(made).toMatchObject({ status: 201, body: { state: 'active' } });
    const apiId = String(made.body?.['apiId']);
    const use = async ({ body }: typeof made) => {
      const authorization = `Bearer ${String(body?.['apiId'])}.${String(body?.['apiSecret'])}`;
      return (await fetch(`${app.baseUrl}${ENDPOINTS}`, { headers: { authorization } })).status;
    };
    expect(await use(made)).toBe(200);
    const used = await storage.keys.get(account.tenantId, account.appId, apiId);
    expect(used?.lastUsedAtMs).toBeGreaterThan(0);
    const next = await send('POST', `${KEYS}/${apiId}/rotate`, { overlapSeconds: 3600 });
    expect(next).toMatchObject({ status: 201, body: { name: 'second', scopes: ['webhooks:admin'] } });
    expect([await use(made), await use(next)]).toEqual([200, 200]);
    expect((await send('DELETE', `${KEYS}/${apiId}`)).status).toBe(204);
    expect([await use(made), await use(next)]).toEqual([401, 200]);
    for (const [method, path] of [
      ['DELETE', ''],
      ['POST', '/rotate'],
    ] as const) {
      expect((await send(method, `${KEYS}/ek%00${path}`, {})).status).toBe(404);
    }
    expect((await send('GET', `${KEYS}?cursor=%00`)).status).toBe(400);
    const listed = await send('GET', KEYS);
    expect(listed.body?.['items']).toContainEqual(expect.objectContaining({ apiId, state: 'revoked' }));
  });

  it('keeps custom vocabularies', async () => {
    const body = { phrase: 'Polo "Fusion"', soundsLike: ['fourth, fusion', 'polo {fuse}'] };
    const created = await send('POST', VOCABULARIES, body);
    expect(created).toEqual({ status: 201, body: { id: expect.any(String), ...body } });
    expect(await send('POST', VOCABULARIES, body)).toMatchObject({ status: 409 });
    await send('POST', VOCABULARIES, { phrase: 'HBO Max', soundsLike: [] });
    const first = await send('GET', `${VOCABULARIES}?limit=1`);
    expect(first.body).toMatchObject({ customVocabularies: [created.body], prevCursor: null });
    const second = await send('GET', `${VOCABULARIES}?cursor=${String(first.body?.['nextCursor'])}`);
    expect(second.body).toMatchObject({ customVocabularies: [{ phrase: 'HBO Max' }], nextCursor: null });
    const path = `${VOCABULARIES}/${String(created.body?.['id'])}`;
    expect(await send('GET', path)).toEqual({ status: 200, body: created.body });
    expect(await send('DELETE', path)).toEqual({ status: 200, body: created.body });
    expect(await send('GET', path)).toMatchObject({ status: 404, body: { error: { code: '404-01' } } });
    expect(await send('GET', `${VOCABULARIES}/%00`)).toMatchObject({ status: 404 });
  });

  it('keeps the redaction policy, and none of many changes at once is lost', async () => {
    const rule = { name: 'MEMBER', pattern: String.raw`\bm-[0-9]{6}\b "x"` };
    const entities = { customer: ['PIN'], agent: ['PIN'] };
    const put = await send('PUT', REDACTION_POLICY, { mode: 'custom', entities, customRules: [rule] });
    expect(put).toMatchObject({ status: 200, body: { revision: 1, customRules: [rule] } });
    const names = ['CVV', 'EMAIL', 'SSN', 'ZIP', 'DOB'];
    await Promise.all(
      names.map((id) => send('PATCH', `${REDACTION_ENTITIES}/${id}`, { policies: { autoTranscribe: true } })),
    );
    const on = ['CVV', 'PIN', 'SSN', 'EMAIL', 'DOB', 'ZIP'];
    expect(await send('GET', REDACTION_POLICY)).toMatchObject({
      body: { mode: 'custom', entities: { customer: on, agent: on }, customRules: [rule], revision: 6 },
    });
    expect(await send('GET', `${REDACTION_ENTITIES}/ZIP`)).toMatchObject({
      body: { id: 'ZIP', policies: { autoTranscribe: true } },
    });
    await send('PUT', REDACTION_POLICY, { mode: 'custom', entities: { customer: [], agent: [] } });
    expect(await send('POST', START, { ...GUIDE_START, guid: 'nothing-to-mask' })).toMatchObject({
      status: 400,
      body: { error: { code: '400-202' } },
    });
  });

  it('ends with code 0 at SIGTERM', async () => {
    expect(await app.stop()).toBe(0);
  });
});
