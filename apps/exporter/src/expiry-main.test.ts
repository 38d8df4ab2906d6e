import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStorage, migrate, type Storage } from '@earshot/storage';
import { createDirectoryStore, type ObjectStore } from '@earshot/storage/objects';
import { createTestDatabase, runMain, type RunningApp, type TestDatabase } from '@earshot/testing';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayFolder } from './build/build-unit.ts';
import { dayStartMs, daysBefore } from './feeds/utc-day.ts';

const WAIT = { timeout: 60_000, interval: 50 };
/** Far enough from the first day that is kept, whenever the test runs; messages of both are kept. */
const [OLD_DAY, YOUNG_DAY] = [daysBefore(Date.now(), 20), daysBefore(Date.now(), 4)];
const DAYS = { messagesDays: 30, deliveriesDays: 7, auditDays: 365 };
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
  await storage.retention.putSettings(tenantId, DAYS, Date.now());
  await sql.query(`insert into conversations values ($1, 'CALL', 'guid', 'c', 'a', now(), now())`, [
    tenantId,
  ]);
  for (const day of [OLD_DAY, YOUNG_DAY]) {
    await sql.query(
      `insert into messages (tenant_id, conversation_id, message_id, role_order, text, client_timestamp, created_at)
       values ($1, 'CALL', $2, 0, 'words', $3, $3)`,
      [tenantId, `M${day}`, new Date(dayStartMs(day))],
    );
  }
});

afterAll(async () => {
  await Promise.all(running.map(async (app) => await app.stop()));
  await Promise.all([storage.close(), sql.end()]);
  await database.drop();
  await rm(folder, { recursive: true });
});

async function start(): Promise<RunningApp> {
  const app = await runMain(new URL('./main.ts', import.meta.url), {
    DATABASE_URL: database.url,
    EARSHOT_MASTER_KEY: randomBytes(32).toString('base64'),
    EXPORT_DIRECTORY: folder,
    LOG_LEVEL: 'error',
  });
  running.push(app);
  return app;
}

const filesOf = async (day: string) => await objects.list(dayFolder({ tenantId, day }));
const closedAt = async (day: string) => (await storage.exports.readDay(tenantId, day))?.closedAtMs;
const daysWithRows = async (): Promise<readonly string[]> =>
  (await sql.query<{ day: string }>('select day::text from export_days order by day')).rows.map(
    ({ day }) => day,
  );

/** As the metrics of all of them tell it. */
async function erasedCount(apps: readonly RunningApp[]): Promise<number> {
  const counts = apps.map(async ({ baseUrl }) => {
    const metrics = await (await fetch(`${baseUrl}/metrics`)).text();
    return Number(
      /^earshot_retention_erased_total\{[^}]*kind="exports"[^}]*\} (\d+)/m.exec(metrics)?.[1] ?? 0,
    );
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

/** As it is told for good. */
async function countedDays(): Promise<number> {
  const days = await storage.retention.listErased({ tenantId, fromDay: '2000-01-01', toDay: '2999-12-31' });
  return days.reduce((sum, { byAge }) => sum + byAge.exportDays, 0);
}

describe('main with a retention of exports', () => {
  it('builds every day that is kept', async () => {
    const app = await start();
    for (const day of [OLD_DAY, YOUNG_DAY]) await expect.poll(() => closedAt(day), WAIT).toBeDefined();
    expect((await filesOf(OLD_DAY)).length).toBeGreaterThan(0);
    expect(await app.stop()).toBe(0);
  }, 240_000);

  it('erases each day that has expired once, with two running after one was killed at it', async () => {
    const [before, kept] = [await daysWithRows(), await filesOf(YOUNG_DAY)];
    await storage.retention.putSettings(tenantId, { ...DAYS, exportsDays: 10 }, Date.now());
    const [first = ''] = await filesOf(OLD_DAY);
    await storage.exports.claimExpired({ tenantId, day: OLD_DAY }, { nowMs: Date.now(), leaseMs: 1 });
    await objects.delete([first]);
    const apps = await Promise.all([start(), start()]);
    const expired = async () =>
      (await storage.exports.listDays(tenantId)).filter((day) => day < daysBefore(Date.now(), 10));
    await expect.poll(expired, WAIT).toEqual([]);
    await expect.poll(daysWithRows, WAIT).not.toContain(OLD_DAY);
    const uncounted = async () => {
      const left = new Set(await daysWithRows());
      const gone = before.filter((day) => !left.has(day)).length;
      return { byMetrics: gone - (await erasedCount(apps)), byRows: gone - (await countedDays()) };
    };
    await expect.poll(uncounted, WAIT).toEqual({ byMetrics: 0, byRows: 0 });
    expect(await filesOf(OLD_DAY)).toEqual([]);
    expect(await filesOf(YOUNG_DAY)).toEqual(kept);
    for (const app of apps) expect(await app.stop()).toBe(0);
  }, 240_000);

  it('builds none of them anew', async () => {
    const asked = { atMs: Date.now(), purge: false };
    await storage.exports.requestRebuild({ tenantId, day: YOUNG_DAY }, asked);
    await start();
    // The days before it would have been built by then.
    const waits = async () => (await storage.exports.readDay(tenantId, YOUNG_DAY))?.rebuildRequestedAtMs;
    await expect.poll(waits, WAIT).toBeUndefined();
    expect(await daysWithRows()).not.toContain(OLD_DAY);
    expect(await filesOf(OLD_DAY)).toEqual([]);
  }, 240_000);
});
