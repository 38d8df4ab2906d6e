import { createTestDatabase, type TestDatabase } from '@earshot/testing';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { createStorage, type Storage } from './storage.ts';
import { EARLIER, EARLIER_ROWS } from './testing/earlier-rows.ts';

type Row = Readonly<Record<string, unknown>>;

const { tenantId, appId, endpointId, guid, conversationId, sessionId, day } = EARLIER;
const [FIRST, SECOND, THIRD] = EARLIER.messageIds;
const NEWEST = MIGRATIONS.length;

/** What a database that began at `since` or later has to answer. */
const READINGS: readonly {
  readonly since: number;
  readonly what: string;
  readonly read: (storage: Storage) => Promise<unknown>;
  readonly want: object;
}[] = [
  {
    since: 1,
    what: 'key',
    read: (storage) => storage.keys.find(EARLIER.apiId),
    want: { tenantId, scopes: ['calls:read'], revokedAtMs: undefined },
  },
  {
    since: 1,
    what: 'data key',
    read: (storage) => storage.dataKeys.current(tenantId),
    want: { keyId: 'key-1' },
  },
  {
    since: 1,
    what: 'stream source',
    read: (storage) => storage.kinesisSources.find(tenantId, '111122223333'),
    want: { roleArn: 'arn:role' },
  },
  {
    since: 1,
    what: 'endpoint',
    read: (storage) => storage.endpoints.get(tenantId, endpointId),
    want: { endpointId, url: 'https://listener.example/hook', policy: 'realtime', operationalEvents: false },
  },
  {
    since: 1,
    what: 'secrets',
    read: (storage) => storage.endpoints.getSecrets(tenantId, endpointId),
    want: [{ kind: 'signing' }],
  },
  {
    since: 2,
    what: 'session',
    read: (storage) => storage.calls.getSession(tenantId, sessionId),
    want: { guid, state: 'ended', streams: [{ committedThroughSample: 8000 }, { transcripts: 1 }] },
  },
  {
    since: 2,
    what: 'message',
    read: (storage) => storage.messages.get({ tenantId, conversationId, messageId: FIRST }),
    want: { text: 'The first words', clientTimestampMs: Date.UTC(2024, 10, 23, 10) },
  },
  {
    since: 2,
    what: 'utterances of a day',
    read: async (storage) =>
      (
        await storage.utterances.listSpoken({
          tenantId,
          fromMs: Date.UTC(2024, 10, 23),
          toMs: Date.UTC(2024, 10, 24),
          storedBeforeMs: Date.now(),
          limit: 2,
        })
      ).map(({ messageId }) => messageId),
    want: [FIRST, SECOND],
  },
  {
    since: 3,
    what: 'pending delivery',
    read: (storage) =>
      storage.lanes.fetchPending([{ lane: { tenantId, endpointId, conversationId }, afterSequence: 0 }], 10),
    want: [{ messageId: FIRST, body: '{"text":"The first words"}', attempts: 1 }],
  },
  {
    since: 3,
    what: 'attempts',
    read: (storage) => storage.deliveryReplays.get(tenantId, EARLIER.deliveryId),
    want: { guid, attemptList: [{ attempt: 1, status: 503 }] },
  },
  {
    since: 4,
    what: 'media report',
    read: (storage) => storage.calls.getSession(tenantId, sessionId),
    want: { mediaReport: { fragmentCount: 3 } },
  },
  {
    since: 5,
    what: 'vocabulary',
    read: (storage) => storage.vocabularies.list(tenantId),
    want: [{ phrase: 'Earshot', soundsLike: ['ear shot'] }],
  },
  {
    since: 7,
    what: 'sealed words',
    read: (storage) => storage.messages.get({ tenantId, conversationId, messageId: THIRD, unredacted: true }),
    want: { text: 'My number is ####', unredactedSealed: Buffer.from([5]) },
  },
  {
    since: 8,
    what: 'redaction settings',
    read: (storage) => storage.redactionSettings.get(tenantId),
    want: { type: 'stored', revision: 4, settings: { mode: 'strict' } },
  },
  {
    since: 9,
    what: 'engine',
    read: async (storage) => ({ engine: await storage.speechSettings.getEngine(tenantId) }),
    want: { engine: 'parakeet' },
  },
  {
    since: 10,
    what: 'circuit',
    read: async (storage) => (await storage.circuits.read(tenantId, [endpointId])).get(endpointId),
    want: { state: 'open', openedCount: 2 },
  },
  {
    since: 12,
    what: 'operational event',
    read: (storage) => storage.operationalEvents.list({ tenantId, appId, limit: 10 }),
    want: { items: [{ eventId: 'event-1' }] },
  },
  {
    since: 13,
    what: 'export',
    read: (storage) => storage.exports.readDay(tenantId, day),
    want: { units: [{ revision: 1, rowCount: 2, files: [{ fileName: 'a.csv' }] }] },
  },
  {
    since: 14,
    what: 'retention',
    read: (storage) => storage.retention.getSettings(tenantId),
    want: { messagesDays: 30, deliveriesDays: 14, auditDays: 400 },
  },
  {
    since: 14,
    what: 'hold',
    read: (storage) => storage.retention.listHolds({ tenantId, limit: 10 }),
    want: { items: [{ externalId: guid, placedBy: 'api-1' }] },
  },
  {
    since: 21,
    what: 'days of exports',
    read: (storage) => storage.retention.getSettings(tenantId),
    want: { recordingsDays: 20, exportsDays: 10 },
  },
  {
    since: 14,
    what: 'receipt',
    read: (storage) => storage.retention.findReceipt(tenantId, 'erasure-1'),
    want: { digest: 'digest-1', counts: { messages: 3, deliveries: 0 } },
  },
  {
    since: 14,
    what: 'receipts',
    read: (storage) => storage.retention.listReceipts({ tenantId, limit: 10 }),
    want: { items: [{ erasureId: 'erasure-1' }] },
  },
  {
    since: 15,
    what: 'conversation',
    read: (storage) => storage.conversations.findByExternalId(tenantId, guid),
    want: { customer: { name: 'A customer' }, metadata: { queue: 'sales' } },
  },
  {
    since: 22,
    what: 'counts of what was erased',
    read: (storage) => storage.retention.listErased({ tenantId, fromDay: day, toDay: day }),
    want: [{ day, byAge: { conversations: 2, messages: 30 }, onRequest: { messages: 3, receipts: 0 } }],
  },
];

describe('migrate', () => {
  let database: TestDatabase;
  let client: Client;

  beforeEach(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
  });
  afterEach(async () => {
    await client.end();
    await database.drop();
  });

  async function dump(tables: readonly string[]): Promise<Map<string, readonly Row[]>> {
    const rows = new Map<string, readonly Row[]>();
    for (const table of tables) {
      const found = await client.query<{ row: Row }>(`select to_jsonb(t) as row from ${table} t`);
      rows.set(
        table,
        found.rows.map(({ row }) => row),
      );
    }
    return rows;
  }

  async function tableNames(): Promise<string[]> {
    const found = await client.query<{ name: string }>(
      `select table_name as name from information_schema.tables
       where table_schema = 'public' and table_name <> 'schema_migrations'`,
    );
    return found.rows.map(({ name }) => name);
  }

  const versions = MIGRATIONS.map(({ version }) => version);

  it.each(versions)('loses no row and no value of a database of version %i', async (version) => {
    await migrate(database.url, MIGRATIONS.slice(0, version));
    for (const rows of EARLIER_ROWS.filter((rows) => rows.version <= version)) await client.query(rows.sql);
    const before = await dump(await tableNames());

    expect((await migrate(database.url)).applied).toHaveLength(NEWEST - version);

    const after = await dump([...before.keys()]);
    for (const [table, rows] of before) {
      expect({ table, count: after.get(table)?.length }).toEqual({ table, count: rows.length });
      for (const row of rows) expect(after.get(table)).toContainEqual(expect.objectContaining(row));
    }
    const storage = createStorage({ databaseUrl: database.url, connectionsMax: 1 });
    for (const { what, read, want } of READINGS.filter(({ since }) => since <= version)) {
      expect({ what, found: await read(storage) }).toMatchObject({ what, found: want });
    }
    await storage.close();
  });

  it('is tried with rows of each version that made a table', async () => {
    await migrate(database.url);
    for (const { sql } of EARLIER_ROWS) await client.query(sql);
    const empty = [...(await dump(await tableNames()))].filter(([, rows]) => rows.length === 0);
    // Days of messages are of one table.
    expect(empty.map(([table]) => table).filter((table) => !table.startsWith('messages_'))).toEqual([]);
  });
});
