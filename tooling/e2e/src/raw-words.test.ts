import { randomUUID } from 'node:crypto';
import { validateTranscriptWebhook, type TranscriptWebhook } from '@earshot/api';
import { hashApiSecret, newApiKey, type Scope } from '@earshot/auth';
import type { CallSettings } from '@earshot/domain';
import {
  newMasterKey,
  openCallDesk,
  startEmulator,
  startNodeProcess,
  startScriptedIngest,
  type CallDesk,
  type LogRecord,
  type NodeProcess,
} from '@earshot/scripted-ingest';
import {
  createCanary,
  createTestDatabase,
  startWebhookReceiver,
  testRedisUrl,
  type TestDatabase,
  type WebhookReceiver,
} from '@earshot/testing';
import { createVault } from '@earshot/vault';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whenEnded } from './kill/ended-sessions.ts';
import { playCall } from './kill/played-call.ts';
import { makeSpokenCall } from './kill/spoken-call.ts';
import { seededRandom } from './kill/seeded-random.ts';
import { dumpDatabase, dumpRedis } from './store-dump.ts';

const PIN = '593716';
const SAID = 'my PIN is five nine three seven one six.';
const WRITTEN = 'My PIN is 593716.';
const MASKED = 'My PIN is ######.';
const MEDIA_MS = 12_800;
const SPEED = 8;
/** Apart from what other tests keep in the shared Redis. */
const REDIS_DATABASE = 12;

function redisOfTheseTests(): string | undefined {
  const url = testRedisUrl();
  return url === undefined ? undefined : `${url}/${REDIS_DATABASE}`;
}

type SentUtterance = TranscriptWebhook['autotranscribeResponse']['utterance'][number];

interface ReadMessage {
  readonly text: string;
  readonly unredactedText?: string;
}

function describeOn(backend: string, redisUrl: string | undefined): void {
  describe(`a PIN spoken in a call, with queues on ${backend}`, () => {
    let database: TestDatabase;
    let desk: CallDesk;
    let target: WebhookReceiver;
    let emulator: NodeProcess;
    let messages: NodeProcess;
    let publisher: NodeProcess;
    const processes: NodeProcess[] = [];
    const logged: LogRecord[] = [];
    const onRecord = (record: LogRecord): void => void logged.push(record);
    const masterKey = newMasterKey();

    beforeAll(async () => {
      database = await createTestDatabase();
      const databaseUrl = database.url;
      [emulator, desk, target] = await Promise.all([
        startEmulator(),
        openCallDesk({ databaseUrl, redisUrl }),
        startWebhookReceiver(),
      ]);
      await addEndpoint(desk, target.url);
      const app = (name: string): Promise<NodeProcess> =>
        startNodeProcess(new URL(`../../../apps/${name}/src/main.ts`, import.meta.url), {
          env: {
            DATABASE_URL: databaseUrl,
            EARSHOT_MASTER_KEY: masterKey,
            ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
            EARSHOT_EGRESS_ALLOW: '127.0.0.0/8',
            LOG_LEVEL: 'debug',
          },
          onRecord,
        });
      const [ingest, sender, reader] = await Promise.all([
        startScriptedIngest({
          databaseUrl,
          redisUrl,
          kinesisEndpointUrl: emulator.baseUrl,
          masterKey,
          says: SAID,
          onRecord,
        }),
        app('publisher'),
        app('messages'),
      ]);
      [messages, publisher] = [reader, sender];
      processes.push(ingest, sender, reader, emulator);
    });
    afterAll(async () => {
      await Promise.all(processes.map((process) => process.stop()));
      await target?.close();
      await desk?.close();
      await database?.drop();
    });

    /** Plays a call to its end and answers what the endpoint got of it. */
    async function play(settings: Partial<CallSettings>): Promise<{ guid: string; sent: SentUtterance[] }> {
      const pcm = makeSpokenCall(seededRandom(7), MEDIA_MS);
      const call = await playCall({ desk, endpointUrl: emulator.baseUrl, pcm, speed: SPEED, settings });
      const ended = whenEnded(desk.storage, call.sessionId);
      await call.played;
      await ended;
      const count = (await desk.storage.calls.getSession(desk.tenantId, call.sessionId))?.streams.reduce(
        (sum, { transcripts }) => sum + transcripts,
        0,
      );
      const own = () => target.requests.filter(({ body }) => body.includes(call.guid));
      await expect.poll(() => own().length).toBe(count);
      return { guid: call.guid, sent: own().flatMap(({ body }) => utterancesOf(body)) };
    }

    async function read(guid: string, scopes: readonly Scope[]): Promise<readonly ReadMessage[]> {
      const headers = await newKey(desk, masterKey, scopes);
      const url = `${messages.baseUrl}/conversation/v1/conversation/messages?externalId=${guid}`;
      const { items } = (await (await fetch(url, { headers })).json()) as { items: ReadMessage[] };
      return items;
    }

    async function expectNowhere(): Promise<void> {
      const canary = createCanary(PIN);
      for (const { name, text } of await dumpDatabase(database.url)) {
        canary.collect(name, text);
        // Bytes stand in a dump as hexadecimal figures.
        for (const spelling of canary.spellings) {
          expect(text).not.toContain(Buffer.from(spelling).toString('hex'));
        }
      }
      if (redisUrl !== undefined)
        for (const { name, text } of await dumpRedis(redisUrl)) canary.collect(name, text);
      canary.collect('logs', JSON.stringify(logged));
      const headers = await newKey(desk, masterKey, ['webhooks:admin']);
      const deliveries = await fetch(`${publisher.baseUrl}/earshot/v1/deliveries`, { headers });
      expect(deliveries.status).toBe(200);
      canary.collect('deliveries', await deliveries.text());
      canary.assertClean();
      expect(logged.some(({ event }) => event === 'call.leased')).toBe(true);
    }

    const outputs: readonly {
      given: Partial<CallSettings>;
      want: Omit<SentUtterance, 'token'>;
      raw: string | undefined;
    }[] = [
      { given: { redactionOutput: 'redacted' }, want: { text: MASKED }, raw: undefined },
      { given: { redactionOutput: 'unredacted' }, want: { text: WRITTEN }, raw: WRITTEN },
      {
        given: { redactionOutput: 'redacted_and_unredacted' },
        want: { text: MASKED, unredactedText: WRITTEN },
        raw: WRITTEN,
      },
    ];
    it.each(outputs)('is in no table, queue or log in plain text, whatever is sent: $want', async (row) => {
      const { guid, sent } = await play(row.given);
      expect(sent.length).toBeGreaterThan(2);
      for (const utterance of sent) expect(utterance).toEqual(row.want);
      const all = await read(guid, ['messages:read', 'transcripts:unredacted']);
      expect(all).toHaveLength(sent.length);
      for (const { text, unredactedText } of all) {
        expect({ text, unredactedText }).toEqual({ text: MASKED, unredactedText: row.raw });
      }
      const masked = await read(guid, ['messages:read', 'admin']);
      for (const message of masked) expect(message).not.toHaveProperty('unredactedText');
      await expectNowhere();
    });

    it('comes word by word where detailed tokens were asked for', async () => {
      const { sent } = await play({ redactionOutput: 'unredacted', detailedToken: true });
      expect(sent.length).toBeGreaterThan(2);
      for (const { token = [] } of sent) {
        expect(token.map(({ content }) => content)).toEqual(['My', 'PIN', 'is', PIN]);
        const times = token.flatMap(({ start, end }) => [start, end]);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }
      await expectNowhere();
    });
  });
}

describeOn('PostgreSQL', undefined);

const redisUrl = redisOfTheseTests();
describe.skipIf(redisUrl === undefined)('where a redis-server is on PATH', () => {
  describeOn('Redis', redisUrl);
});

/** What a webhook carries, once it is one of the contract. */
function utterancesOf(body: string): readonly SentUtterance[] {
  const checked = validateTranscriptWebhook(JSON.parse(body));
  if (!checked.ok) throw new Error(`Cannot read webhook: ${JSON.stringify(checked.problems)}`);
  return checked.value.autotranscribeResponse.utterance;
}

async function addEndpoint({ storage }: CallDesk, url: string): Promise<void> {
  const account = await storage.tenants.ensureDefault({ tenant: 'Default', app: 'Default' });
  await storage.endpoints.create({
    ...account,
    endpointId: randomUUID(),
    fields: {
      name: 'Receiver',
      url,
      enabled: true,
      policy: 'realtime',
      pendingMax: 1000,
      pendingAgeMaxMs: 60_000,
      timeoutMs: 5000,
      auth: [],
      partials: false,
    },
    secrets: [],
    atMs: Date.now(),
  });
}

async function newKey(
  { storage }: CallDesk,
  masterKey: string,
  scopes: readonly Scope[],
): Promise<Record<string, string>> {
  const { apiId, apiSecret } = newApiKey();
  const vault = createVault({ masterKey: Buffer.from(masterKey, 'base64'), dataKeys: storage.dataKeys });
  await storage.keys.insert({
    ...(await storage.tenants.ensureDefault({ tenant: 'Default', app: 'Default' })),
    apiId,
    secretHash: hashApiSecret(vault.apiKeyHmacKey, apiId, apiSecret),
    scopes,
    expiresAtMs: undefined,
    revokedAtMs: undefined,
  });
  return { 'asapp-api-id': apiId, 'asapp-api-secret': apiSecret };
}
