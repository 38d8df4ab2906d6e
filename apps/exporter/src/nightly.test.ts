import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStorage, migrate, type Storage } from '@earshot/storage';
import { createDirectoryStore, type ObjectStore } from '@earshot/storage/objects';
import { createTestDatabase, runMain, type RunningApp, type TestDatabase } from '@earshot/testing';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayFolder } from './build/build-unit.ts';

const STAGED_CLOCK = new URL('testing/staged-clock.ts', import.meta.url);
const DIE_AFTER_FILES = new URL('testing/die-after-files.ts', import.meta.url);
const WAIT = { timeout: 60_000, interval: 50 };
const TIMEOUT_MS = 120_000;
/** Two schedules rest after each pass. */
const RESTS_PER_PASS = 2;
/** What was said on each day of March; on the fourth nothing was. */
const ROWS = { '01': 30, '02': 40, '03': 50, '05': 60, '06': 70 } as const;

let folder: string;
let clockFile: string;
let restsFile: string;
let database: TestDatabase;
let storage: Storage;
let sql: Client;
let objects: ObjectStore;
let tenantId: string;
const running = new Set<RunningApp>();
let restsBefore = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-nightly-'));
  [clockFile, restsFile] = [join(folder, 'clock'), join(folder, 'rests')];
  await writeFile(restsFile, '');
  objects = createDirectoryStore(join(folder, 'exports'));
  database = await createTestDatabase();
  await migrate(database.url);
  storage = createStorage({ databaseUrl: database.url });
  sql = new Client({ connectionString: database.url });
  await sql.connect();
  ({ tenantId } = await storage.tenants.ensureDefault({ tenant: 'team', app: 'app' }));
  await sql.query(`insert into conversations values ($1, 'CALL', 'guid', 'c', 'a', now(), now())`, [
    tenantId,
  ]);
  for (const [day, count] of Object.entries(ROWS)) {
    await sql.query(
      `insert into messages (tenant_id, conversation_id, message_id, role_order, text, client_timestamp, created_at)
       select $1, 'CALL', 'M' || $4 || g, 0, 'utterance ' || g, at, at
       from generate_series(0, $3 - 1) g, lateral (select $2::timestamptz + g * interval '1 s' as at) spoken`,
      [tenantId, `2031-03-${day}T12:00:00Z`, count, day],
    );
  }
});

afterAll(async () => {
  await Promise.all([...running].map((app) => app.stop('SIGKILL')));
  await Promise.all([storage.close(), sql.end()]);
  await database.drop();
  await rm(folder, { recursive: true });
});

/** Moves the clock of every process. */
async function setClock(at: string): Promise<void> {
  restsBefore = await restCount();
  await writeFile(clockFile, `${Date.parse(at)}\n`);
}

async function start(dieAfterFiles?: number): Promise<RunningApp> {
  const imports = dieAfterFiles === undefined ? [STAGED_CLOCK] : [STAGED_CLOCK, DIE_AFTER_FILES];
  const app = await runMain(new URL('main.ts', import.meta.url), {
    DATABASE_URL: database.url,
    EARSHOT_MASTER_KEY: randomBytes(32).toString('base64'),
    EXPORT_DIRECTORY: join(folder, 'exports'),
    LOG_LEVEL: 'error',
    NODE_OPTIONS: imports.map(({ href }) => `--import=${href}`).join(' '),
    CLOCK_FILE: clockFile,
    RESTS_FILE: restsFile,
    DIE_AFTER_FILES: String(dieAfterFiles),
  });
  running.add(app);
  return app;
}

async function restCount(): Promise<number> {
  return (await readFile(restsFile, 'utf8')).split('\n').length - 1;
}

/** Until every process has looked for what is due since the clock was moved. */
async function untilAllRest(): Promise<void> {
  await expect.poll(restCount, WAIT).toBe(restsBefore + running.size * RESTS_PER_PASS);
}

async function end(): Promise<void> {
  const codes = await Promise.all([...running].map((app) => app.stop()));
  expect(codes).toEqual(codes.map(() => 0));
  running.clear();
}

/** Days that the processes built, all of them together. */
async function builtCount(): Promise<number> {
  let count = 0;
  for (const app of running) {
    const text = await (await fetch(`${app.baseUrl}/metrics`)).text();
    count += Number(/^earshot_export_builds_total\{.*outcome="built".*\} (\d+)$/m.exec(text)?.[1] ?? 0);
  }
  return count;
}

const dayOf = (day: string) => ({ tenantId, day: `2031-03-${day}` });
const written = async (day: string): Promise<readonly string[]> => await objects.list(dayFolder(dayOf(day)));

/** The day has its files in their first form, whole, and nothing beside them. */
async function expectPublishedOnce(day: string, rowCount: number): Promise<void> {
  const read = await storage.exports.readDay(tenantId, dayOf(day).day);
  expect(read?.closedAtMs).toBeDefined();
  const units = read?.units ?? [];
  expect(units.find(({ hour }) => hour === undefined)).toMatchObject({
    revision: 1,
    rowCount,
    lateRowCount: 0,
  });
  const files = units.flatMap((unit) => unit.files);
  const manifest = `${dayFolder(dayOf(day))}/manifest.json`;
  expect(await written(day)).toEqual([...files.map(({ objectKey }) => objectKey), manifest].toSorted());
  for (const { objectKey, sha256 } of files) {
    const opened = await objects.open(objectKey);
    const bytes = Buffer.from(await new Response(opened?.stream).arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  }
}

describe('exporter processes at 02:00 UTC', () => {
  it(
    'build yesterday once, two of them, and not a moment before',
    async () => {
      await setClock('2031-03-02T01:59:59.999Z');
      await Promise.all([start(), start()]);
      await untilAllRest();
      expect(await written('01')).toEqual([]);
      await setClock('2031-03-02T02:01:00Z');
      await untilAllRest();
      await expectPublishedOnce('01', ROWS['01']);
      expect(await written('02')).toEqual([]);
      expect(await builtCount()).toBe(1);
      await end();
    },
    TIMEOUT_MS,
  );

  it(
    'build yesterday once after one was killed in the middle of it',
    async () => {
      await setClock('2031-03-03T01:59:00Z');
      const killed = await start(2);
      await untilAllRest();
      running.delete(killed);
      await setClock('2031-03-03T02:00:00Z');
      await expect.poll(async () => (await written('02')).length, WAIT).toBe(2);
      expect(await killed.stop('SIGKILL')).toBe(null);
      expect((await storage.exports.readDay(tenantId, dayOf('02').day))?.closedAtMs).toBeUndefined();

      await setClock('2031-03-03T02:00:30Z');
      await Promise.all([start(), start()]);
      await untilAllRest();
      expect(await builtCount()).toBe(0);
      // What time does to the lease of the dead.
      await sql.query('update export_days set leased_until = clock_timestamp()');
      await setClock('2031-03-03T02:01:30Z');
      await untilAllRest();
      await expectPublishedOnce('02', ROWS['02']);
      expect(await builtCount()).toBe(1);
      await end();
    },
    TIMEOUT_MS,
  );

  it(
    'build each day of three that nobody was there for once, also the one without a word',
    async () => {
      await setClock('2031-03-06T09:00:00Z');
      await Promise.all([start(), start()]);
      await untilAllRest();
      await expectPublishedOnce('03', ROWS['03']);
      await expectPublishedOnce('04', 0);
      await expectPublishedOnce('05', ROWS['05']);
      expect(await builtCount()).toBe(3);
      expect(await written('06')).toEqual([]);
      await setClock('2031-03-06T09:01:00Z');
      await untilAllRest();
      expect(await builtCount()).toBe(3);
      await end();
    },
    TIMEOUT_MS,
  );
});
