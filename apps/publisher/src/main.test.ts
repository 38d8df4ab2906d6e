import { randomBytes } from 'node:crypto';
import {
  connectQueues,
  createProducer,
  lanesQueue,
  migrateQueues,
  openLiveBus,
  type LaneJob,
  type Producer,
  type QueueConnection,
} from '@earshot/queues';
import {
  startWebhookReceiver,
  testRedisUrl,
  type WebhookReceiver,
  runMain,
  type RunningApp,
} from '@earshot/testing';
import { createVault } from '@earshot/vault';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addEndpoint, bodyOf, startCall } from './testing/call-writer.ts';
import { allDeliveries } from './testing/publisher-under-test.ts';
import { useStorage } from './testing/use-storage.ts';

const masterKey = randomBytes(32);

/** A Redis database of this file's own: lane jobs of other tests must not come here. */
function redisUrlOfThisFile(): string | undefined {
  const url = testRedisUrl();
  return url === undefined ? undefined : new URL('/11', url).href;
}

const redisUrl = redisUrlOfThisFile();
const backends: readonly { backend: string; redisUrl: string | undefined }[] = [
  { backend: 'postgres', redisUrl: undefined },
  ...(redisUrl === undefined ? [] : [{ backend: 'redis', redisUrl }]),
];

describe.each(backends)('main on $backend', (given) => {
  const fixture = useStorage();
  const apps: RunningApp[] = [];
  let receiver: WebhookReceiver;
  let queues: QueueConnection;
  let laneJobs: Producer<LaneJob>;

  beforeAll(async () => {
    await migrateQueues(fixture.url);
    const redis = given.redisUrl === undefined ? {} : { redisUrl: given.redisUrl };
    queues = await connectQueues({ databaseUrl: fixture.url, ...redis });
    laneJobs = createProducer(queues, lanesQueue, { timeoutMs: 5000 });
    receiver = await startWebhookReceiver();
  });
  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.stop('SIGKILL')));
  });
  afterAll(async () => {
    await laneJobs.close();
    await queues.close();
    await receiver.close();
  });

  async function startPublisher(): Promise<RunningApp> {
    const app = await runMain(new URL('./main.ts', import.meta.url), {
      DATABASE_URL: fixture.url,
      ...(given.redisUrl === undefined ? {} : { REDIS_URL: given.redisUrl }),
      EARSHOT_MASTER_KEY: masterKey.toString('base64'),
      EARSHOT_EGRESS_ALLOW: '127.0.0.0/8',
      PUBLISHER_SWEEP_EVERY_MS: '500',
      LOG_LEVEL: 'error',
    });
    apps.push(app);
    return app;
  }

  async function sayAll(
    say: Awaited<ReturnType<typeof startCall>>['say'],
    texts: readonly string[],
  ): Promise<void> {
    for (const text of texts) for (const lane of await say(text)) await laneJobs.add(lane);
  }

  const received = (guid: string): readonly string[] =>
    receiver.requests.map(({ body }) => body).filter((body) => body.includes(guid));

  it('delivers with the secret of the endpoint, and ends with code 0 at SIGTERM', async () => {
    const { storage, account } = fixture;
    const endpointId = await addEndpoint(storage, account, receiver.url);
    const vault = createVault({ masterKey, dataKeys: storage.dataKeys });
    const { tenantId } = account;
    const sealed = await vault.seal(tenantId, `endpoint:${endpointId}:auth-secret`, 'correct horse');
    const auth = [{ type: 'secret', name: 'x-token', in: 'header' }] as const;
    const secrets = [{ kind: 'auth-secret', sealed }];
    await storage.endpoints.update({ tenantId, endpointId, fields: { auth }, secrets, atMs: Date.now() });
    const app = await startPublisher();
    expect((await fetch(`${app.baseUrl}/readyz`)).status).toBe(200);
    const { guid, say } = await startCall(storage, account);
    await sayAll(say, ['one', 'two', 'three']);
    await expect
      .poll(() => received(guid))
      .toEqual(['one', 'two', 'three'].map((text) => bodyOf(guid, text)));
    expect(receiver.requests.at(-1)?.headers['x-token']).toBe('correct horse');
    expect(await app.stop()).toBe(0);
    apps.splice(0);
  });

  it('sends partials that come over the live bus to an endpoint that wants them', async () => {
    const { storage, account } = fixture;
    await addEndpoint(storage, account, receiver.url, { partials: true });
    const { guid, conversationId } = await startCall(storage, account);
    const [session] = (await storage.calls.getCall(account.tenantId, guid))?.sessions ?? [];
    const redis = given.redisUrl === undefined ? {} : { redisUrl: given.redisUrl };
    const bus = await openLiveBus({ databaseUrl: fixture.url, ...redis });
    const app = await startPublisher();
    const { tenantId } = account;
    await expect.poll(() => bus.isWatched(tenantId, conversationId, 'partials')).toBe(true);
    bus.publish({
      type: 'partial',
      tenantId,
      conversationId,
      guid,
      sessionId: session?.sessionId ?? '',
      streamId: session?.streams[0].streamId ?? '',
      role: 'customer',
      senderExternalId: 'customer',
      startMs: 0,
      endMs: 500,
      text: 'I need',
      revision: 1,
    });
    await expect.poll(() => received(guid)).toHaveLength(1);
    expect(JSON.parse(received(guid)[0] ?? '')).toMatchObject({ type: 'partial', revision: 1 });
    const metrics = await (await fetch(`${app.baseUrl}/metrics`)).text();
    expect(metrics).toContain('earshot_partials_total{outcome="sent",app="publisher"} 1');
    await bus.close();
  });

  it('sweeps a lane whose job was never added', async () => {
    const { storage, account } = fixture;
    await addEndpoint(storage, account, receiver.url);
    await startPublisher();
    const { guid, say } = await startCall(storage, account);
    await say('nobody was told');
    await expect.poll(() => received(guid)).toEqual([bodyOf(guid, 'nobody was told')]);
  });

  it('goes on in order when the publisher that holds the lane is killed', async () => {
    const { storage, account } = fixture;
    await addEndpoint(storage, account, receiver.url);
    const first = await startPublisher();
    const { guid, say } = await startCall(storage, account);
    await sayAll(say, ['one', 'two']);
    await expect.poll(() => received(guid).length).toBe(2);
    await expect
      .poll(async () => (await allDeliveries(storage, account.tenantId)).map(({ state }) => state))
      .toEqual(['delivered', 'delivered']);
    await first.stop('SIGKILL');
    apps.splice(0);
    await sayAll(say, ['three', 'four']);
    await startPublisher();
    await sayAll(say, ['five']);
    await expect
      .poll(() => received(guid))
      .toEqual(['one', 'two', 'three', 'four', 'five'].map((text) => bodyOf(guid, text)));
  });
});

describe('main', () => {
  it('ends with every problem of its configuration and nothing on standard output', async () => {
    await expect(runMain(new URL('./main.ts', import.meta.url), { PORT: 'x' })).rejects.toThrow(
      'Cannot run app: it said exit code 1',
    );
  });
});
