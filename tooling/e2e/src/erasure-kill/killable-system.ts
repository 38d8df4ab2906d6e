import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashApiSecret, newApiKey } from '@earshot/auth';
import { openWriter, type DeliveryWriter } from '@earshot/delivery-load';
import { newMasterKey, startNodeProcess, type NodeProcess } from '@earshot/scripted-ingest';
import { startRedis } from '@earshot/services';
import { createDirectoryStore, type ObjectStore } from '@earshot/storage/objects';
import { createTestDatabase } from '@earshot/testing';
import { createVault } from '@earshot/vault';
import pg from 'pg';
import { dumpObjects } from '../file-dump.ts';
import { dumpDatabase, dumpRedis, type KeptText } from '../store-dump.ts';

const mainOf = (app: string): URL => new URL(`../../../../apps/${app}/src/main.ts`, import.meta.url);
const UNWORRIED: ReadonlySet<unknown> = new Set(['debug', 'info']);
const DIE_AT_STEP = new URL('die-at-step.ts', import.meta.url);

/** Where and at which step of it a process ends, as `die-at-step.ts` has it. */
export interface Death {
  readonly at: string;
  readonly in: string;
}

/** Stores of a system, and those of its processes that a test starts. */
export interface KillableSystem {
  readonly writer: DeliveryWriter;
  readonly appId: string;
  readonly sql: pg.Client;
  readonly recordings: ObjectStore;
  readonly headers: Readonly<Record<string, string>>;
  /** What the processes logged of level `warn` or worse, a line each. */
  readonly warnings: readonly string[];
  startExporter(): Promise<NodeProcess>;
  /** One that lives erases by age as well; one that is to die does nothing but what it is asked for. */
  startMessages(death?: Death): Promise<NodeProcess>;
  /** Resolves once the store has noticed that a process is gone: what it had begun is rolled back or committed. */
  untilForgotten(): Promise<void>;
  /** Tables, objects, keys of Redis, and what the processes logged. */
  dump(): Promise<readonly KeptText[]>;
  close(): Promise<void>;
}

export async function startKillableSystem(): Promise<KillableSystem> {
  const root = await mkdtemp(join(tmpdir(), 'earshot-erasure-kill-'));
  const [database, redis] = await Promise.all([
    createTestDatabase(),
    startRedis({ directory: join(root, 'redis') }),
  ]);
  const redisUrl = redis?.url;
  const masterKey = newMasterKey();
  const writer = await openWriter({ databaseUrl: database.url, redisUrl, masterKey });
  const sql = new pg.Client({ connectionString: database.url });
  await sql.connect();
  const appId = await writer.addApp();
  const headers = await addKey(writer, appId, masterKey);
  const running: NodeProcess[] = [];
  const logged: string[] = [];
  const warnings: string[] = [];
  const start = async (app: string, env: Record<string, string>, nodeArguments: string[] = []) => {
    const process = await startNodeProcess(mainOf(app), {
      env: {
        DATABASE_URL: database.url,
        ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
        EARSHOT_MASTER_KEY: masterKey,
        LOG_LEVEL: 'debug',
        RATE_LIMIT_PER_SECOND: '10000',
        NODE_COMPILE_CACHE: join(root, 'cache'),
        ...env,
      },
      nodeArguments,
      onRecord(record) {
        const line = JSON.stringify(record);
        logged.push(line);
        if (!UNWORRIED.has(record['level'])) warnings.push(line);
      },
    });
    running.push(process);
    return process;
  };
  const recordings = join(root, 'recordings');
  return {
    writer,
    appId,
    sql,
    recordings: createDirectoryStore(recordings),
    headers,
    warnings,
    startExporter: () => start('exporter', { EXPORT_DIRECTORY: join(root, 'exports') }),
    startMessages: (death) =>
      death === undefined
        ? start('messages', { RECORDING_DIRECTORY: recordings, RETENTION_EVERY_MS: '50' })
        : start(
            'messages',
            { RECORDING_DIRECTORY: recordings, RETENTION_EVERY_MS: '0', DIE_AT: death.at, DIE_IN: death.in },
            [`--import=${DIE_AT_STEP.href}`],
          ),
    untilForgotten: () => untilNoTransactionOfBefore(sql),
    async dump() {
      const stores = [await dumpDatabase(database.url), await dumpObjects(root)];
      const keys = redisUrl === undefined ? [] : await dumpRedis(redisUrl);
      return [...stores.flat(), ...keys, { name: 'logs', text: logged.join('\n') }];
    },
    async close() {
      await Promise.all(running.map((process) => process.stop('SIGKILL')));
      await Promise.all([writer.close(), sql.end()]);
      await Promise.all([database.drop(), redis?.stop()]);
      await rm(root, { recursive: true });
    },
  };
}

async function addKey(writer: DeliveryWriter, appId: string, masterKey: string) {
  const { storage, tenantId } = writer;
  const key = newApiKey();
  const vault = createVault({ masterKey: Buffer.from(masterKey, 'base64'), dataKeys: storage.dataKeys });
  await storage.keys.insert({
    tenantId,
    appId,
    apiId: key.apiId,
    secretHash: hashApiSecret(vault.apiKeyHmacKey, key.apiId, key.apiSecret),
    scopes: ['admin'],
    expiresAtMs: undefined,
    revokedAtMs: undefined,
  });
  return { 'earshot-api-id': key.apiId, 'earshot-api-secret': key.apiSecret };
}

async function untilNoTransactionOfBefore(sql: pg.Client): Promise<void> {
  const { rows } = await sql.query<{ now: string }>('select clock_timestamp()::text as now');
  for (;;) {
    const { rowCount } = await sql.query(
      `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and xact_start < $1`,
      [rows[0]?.now],
    );
    if (rowCount === 0) return;
    await sql.query('select pg_sleep(0.01)');
  }
}
