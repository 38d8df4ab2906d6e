import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStorage, migrate, type Storage } from '@earshot/storage';
import { createDirectoryStore, type ObjectStore } from '@earshot/storage/objects';
import { createTestDatabase, runMain, type RunningApp, type TestDatabase } from '@earshot/testing';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayFolder } from './build/build-unit.ts';
import { dayStartMs, lastDueDay } from './feeds/utc-day.ts';

const DAY = lastDueDay(Date.now());
const DIE_AFTER_FILES = new URL('testing/die-after-files.ts', import.meta.url);
const ROW_COUNT = 60_000;
const WAIT = { timeout: 60_000, interval: 20 };
let folder: string;
let database: TestDatabase;
let storage: Storage;
let sql: Client;
let objects: ObjectStore;
let tenantId: string;
const running: RunningApp[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-exporter-'));
  objects = createDirectoryStore(folder);
  database = await createTestDatabase();
  await migrate(database.url);
  storage = createStorage({ databaseUrl: database.url });
  sql = new Client({ connectionString: database.url });
  await sql.connect();
  ({ tenantId } = await storage.tenants.ensureDefault({ tenant: 'team', app: 'app' }));
  await sql.query(`insert into conversations values ($1, 'CALL', 'guid', 'c', 'a', now(), now())`, [
    tenantId,
  ]);
  await sql.query(
    `insert into messages (tenant_id, conversation_id, message_id, role_order, text, client_timestamp, created_at)
     select $1, 'CALL', 'M' || g, 0, 'utterance ' || g, at, at
     from generate_series(0, $3 - 1) g, lateral (select $2::timestamptz + g * interval '1 s' as at) spoken`,
    [tenantId, new Date(dayStartMs(DAY)), ROW_COUNT],
  );
});

afterAll(async () => {
  await Promise.all(running.map(async (app) => await app.stop()));
  await Promise.all([storage.close(), sql.end()]);
  await database.drop();
  await rm(folder, { recursive: true });
});

async function start(env: Readonly<Record<string, string>> = {}): Promise<RunningApp> {
  const app = await runMain(new URL('./main.ts', import.meta.url), {
    DATABASE_URL: database.url,
    EARSHOT_MASTER_KEY: randomBytes(32).toString('base64'),
    EXPORT_DIRECTORY: folder,
    LOG_LEVEL: 'error',
    ...env,
  });
  running.push(app);
  return app;
}

const written = async () => await objects.list(dayFolder({ tenantId, day: DAY }));
const readDay = async () => await storage.exports.readDay(tenantId, DAY);

describe('two exporters after one was killed in the middle of a day', () => {
  it('publish the day once and leave nothing of the broken build', async () => {
    const killed = await start({ NODE_OPTIONS: `--import=${DIE_AFTER_FILES.href}`, DIE_AFTER_FILES: '1' });
    await expect.poll(async () => (await written()).length, WAIT).toBeGreaterThan(0);
    expect(await killed.stop('SIGKILL')).toBeNull();
    expect((await readDay())?.closedAtMs).toBeUndefined();
    // What a minute would do to the lease of the dead.
    await sql.query('update export_days set leased_until = clock_timestamp()');
    await Promise.all([start(), start()]);
    await expect.poll(async () => (await readDay())?.closedAtMs, WAIT).toBeDefined();
    const { units = [] } = (await readDay()) ?? {};
    expect(units[0]).toMatchObject({ revision: 1, rowCount: ROW_COUNT, lateRowCount: 0 });
    const files = units.flatMap((unit) => unit.files);
    const keys = files.map(({ objectKey }) => objectKey);
    const manifestKey = `${dayFolder({ tenantId, day: DAY })}/manifest.json`;
    expect(await written()).toEqual([...keys, manifestKey].toSorted());
    for (const { objectKey, byteCount, sha256 } of files) {
      const opened = await objects.open(objectKey);
      const bytes = Buffer.from(await new Response(opened?.stream).arrayBuffer());
      expect(bytes.byteLength).toBe(byteCount);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    }
  }, 240_000);
});
