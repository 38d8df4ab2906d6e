import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashApiSecret, newApiKey } from '@earshot/auth';
import { createStorage, migrate, type Storage } from '@earshot/storage';
import { createTestDatabase, runMain, type RunningApp, type TestDatabase } from '@earshot/testing';
import { createVault } from '@earshot/vault';
import { DuckDBInstance } from '@duckdb/node-api';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayStartMs, lastDueDay } from './feeds/utc-day.ts';

const masterKey = randomBytes(32);
const key = newApiKey();
const headers = { 'asapp-api-id': key.apiId, 'asapp-api-secret': key.apiSecret };
/** The last day that is due at the time the test runs. */
const DAY = lastDueDay(Date.now());
const ROW_COUNT = 12_345;
const WORDS = `case g % 4 when 0 then '=1+1' when 1 then E'two\\nlines, "quoted"' when 2 then 'Größe 漢字 🎧' else 'plain ' || g end`;
let folder: string;
let database: TestDatabase;
let storage: Storage;
let sql: Client;
let app: RunningApp;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-exporter-'));
  database = await createTestDatabase();
  await migrate(database.url);
  storage = createStorage({ databaseUrl: database.url });
  sql = new Client({ connectionString: database.url });
  await sql.connect();
  const { tenantId, appId } = await storage.tenants.ensureDefault({ tenant: 'team', app: 'app' });
  const { apiKeyHmacKey } = createVault({ masterKey, dataKeys: storage.dataKeys });
  await storage.keys.insert({
    tenantId,
    appId,
    apiId: key.apiId,
    secretHash: hashApiSecret(apiKeyHmacKey, key.apiId, key.apiSecret),
    scopes: ['export:read'],
    expiresAtMs: undefined,
    revokedAtMs: undefined,
  });
  await sql.query(`insert into conversations values ($1, 'CALL', 'guid', 'c', 'a', now(), now())`, [
    tenantId,
  ]);
  await sql.query(
    `insert into messages (tenant_id, conversation_id, message_id, stream_id, role_order, sender_external_id, text,
       start_ms, end_ms, client_timestamp, created_at)
     select $1, 'CALL', 'M' || g, case when g % 9 > 0 then 'cf311161-3f38-11ed-9116-7a0a36c763f1'::uuid end, g % 2,
       case when g % 9 > 0 then 'TT1' end, ${WORDS}, case when g % 9 > 0 then g end, case when g % 9 > 0 then g + 900 end,
       $2::timestamptz + g * interval '6 s', $2::timestamptz + g * interval '6 s' + interval '1 s'
     from generate_series(0, $3 - 1) g`,
    [tenantId, new Date(dayStartMs(DAY)), ROW_COUNT],
  );
  app = await runMain(new URL('./main.ts', import.meta.url), {
    DATABASE_URL: database.url,
    EARSHOT_MASTER_KEY: masterKey.toString('base64'),
    EXPORT_DIRECTORY: join(folder, 'exports'),
    LOG_LEVEL: 'warn',
  });
});

afterAll(async () => {
  await Promise.all([storage.close(), sql.end()]);
  await database.drop();
  await rm(folder, { recursive: true });
});

async function ask(call: string, body: object): Promise<unknown> {
  const response = await fetch(`${app.baseUrl}/fileexporter/v1/static/${call}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return await response.json();
}

async function manifest(): Promise<{
  state?: string;
  units?: { files: { fileName: string; sha256: string }[] }[];
}> {
  const response = await fetch(`${app.baseUrl}/earshot/v1/exports/${DAY}`, { headers });
  return (await response.json()) as Awaited<ReturnType<typeof manifest>>;
}

describe('main', () => {
  it('builds the day that is due when it starts', async () => {
    await expect.poll(async () => (await manifest()).state).toBe('closed');
  });

  it('hands out a Parquet file that DuckDB reads as the store holds it, row by row', async () => {
    const asked = { feed: 'utterances', version: '1', format: 'parquet', date: DAY };
    const { files } = (await ask('listfeedfiles', asked)) as { files: string[] };
    expect(files).toEqual([`utterances-${DAY}.parquet`]);
    const [fileName = ''] = files;
    const { url } = (await ask('getfeedfile', { ...asked, fileName })) as { url: string };
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    const sums = (await manifest()).units?.flatMap((unit) => unit.files) ?? [];
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(sums.find((file) => file.fileName === fileName)?.sha256).toBe(sha256);
    const file = join(folder, fileName);
    await writeFile(file, bytes);
    const [at, utc] = [
      '(extract(epoch from m.client_timestamp) * 1000)::bigint',
      `m.client_timestamp at time zone 'UTC'`,
    ];
    const stored = await sql.query<Record<string, string | null>>(
      `select (extract(epoch from date_trunc('hour', ${utc})) * 1000)::bigint as instance_ts, ${at} as created_ts,
         c.conversation_id, c.external_id as external_conversation_id, m.message_id as utterance_id, m.stream_id,
         case m.role_order when 0 then 'customer' else 'agent' end as sender_type, m.sender_external_id as sender_id,
         m.text as utterance, ${at} + m.start_ms * 0 as utterance_start_ts,
         ${at} + m.end_ms - m.start_ms as utterance_end_ts, m.start_ms, m.end_ms, s.settings ->> 'language' as language,
         m.tenant_id as company_marker, to_char(${utc}, 'YYYY-MM-DD') as dt, to_char(${utc}, 'HH24') as hr
       from messages m join conversations c using (tenant_id, conversation_id) left join call_sessions s using (session_id)
       order by m.client_timestamp, m.message_id`,
    );
    const duckdb = await (await DuckDBInstance.create(':memory:')).connect();
    const times = ['instance_ts', 'created_ts', 'utterance_start_ts', 'utterance_end_ts'];
    const inMs = times.map((name) => `epoch_ms(${name}) as ${name}`).join(', ');
    const read = await duckdb.runAndReadAll(
      `select columns(*)::varchar from (select * replace (${inMs}) from '${file}')`,
    );
    const rows = read.getRowObjects();
    duckdb.closeSync();
    expect(rows).toHaveLength(ROW_COUNT);
    expect(rows).toEqual(stored.rows);
    expect(rows[0]).toMatchObject({ dt: DAY, hr: '00' });
  });

  it('ends with code 0 at SIGTERM', async () => {
    expect(await app.stop()).toBe(0);
  });
});
