import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStorage, migrate, type Storage } from '@earshot/storage';
import { createDirectoryStore, type ObjectStore } from '@earshot/storage/objects';
import { createTestDatabase, runMain, type RunningApp } from '@earshot/testing';
import { Client } from 'pg';

const MAIN = new URL('../main.ts', import.meta.url);

/** A team with one conversation, and exporters that run before it as processes of their own. */
export interface ExporterProcesses {
  /** Of this test; what is exported lies below it. */
  readonly folder: string;
  readonly tenantId: string;
  readonly storage: Storage;
  readonly objects: ObjectStore;
  readonly sql: Client;
  /** Those that were started and not taken out. */
  readonly running: Set<RunningApp>;
  /** Utterances a second apart, the first at that instant. */
  say(at: Date, count: number): Promise<void>;
  start(env?: Readonly<Record<string, string>>): Promise<RunningApp>;
  close(): Promise<void>;
}

export async function openExporterProcesses(): Promise<ExporterProcesses> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-exporter-'));
  const exported = join(folder, 'exports');
  const database = await createTestDatabase();
  await migrate(database.url);
  const storage = createStorage({ databaseUrl: database.url });
  const sql = new Client({ connectionString: database.url });
  await sql.connect();
  const { tenantId } = await storage.tenants.ensureDefault({ tenant: 'team', app: 'app' });
  await sql.query(`insert into conversations values ($1, 'CALL', 'guid', 'c', 'a', now(), now())`, [
    tenantId,
  ]);
  const running = new Set<RunningApp>();
  return {
    folder,
    tenantId,
    storage,
    objects: createDirectoryStore(exported),
    sql,
    running,
    async say(at, count) {
      await sql.query(
        `insert into messages (tenant_id, conversation_id, message_id, role_order, text, client_timestamp, created_at)
         select $1, 'CALL', 'M' || extract(epoch from at), 0, 'utterance ' || g, at, at
         from generate_series(0, $3 - 1) g, lateral (select $2::timestamptz + g * interval '1 s' as at) spoken`,
        [tenantId, at, count],
      );
    },
    async start(env = {}) {
      const app = await runMain(MAIN, {
        DATABASE_URL: database.url,
        EARSHOT_MASTER_KEY: randomBytes(32).toString('base64'),
        EXPORT_DIRECTORY: exported,
        LOG_LEVEL: 'error',
        ...env,
      });
      running.add(app);
      return app;
    },
    async close() {
      await Promise.all([...running].map((app) => app.stop('SIGKILL')));
      await Promise.all([storage.close(), sql.end()]);
      await database.drop();
      await rm(folder, { recursive: true });
    },
  };
}
