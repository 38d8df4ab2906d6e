import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { MIGRATIONS } from './migrations/all.ts';
import type { Migration } from './migrations/migration.ts';
import { sqlState, toStorageError } from './postgres/storage-error.ts';

/** Any number will do, as long as it is the same in every process and no other lock of ours uses it. */
const MIGRATION_LOCK = 4_711_001;
const CONNECT_TIMEOUT_MS = 10_000;
/** A migration waits for the one another process runs, so this bounds both. */
const STATEMENT_TIMEOUT_MS = 300_000;
/** While a step waits for a table, everybody else waits behind it: it steps back and tries again. */
const TABLE_WAIT_MS_MAX = 2000;
const STEP_TRIES_MAX = 30;
const STEP_PAUSE_MS = 500;
/** A lock not had in time, and a deadlock with who uses the tables in another order. */
const IN_USE_STATES: ReadonlySet<string> = new Set(['55P03', '40P01']);

export interface Migrated {
  /** Names of the steps that were taken. */
  readonly applied: readonly string[];
  readonly newerCount: number;
}

/**
 * Brings the database to the newest schema and answers the names of the steps it took; safe to run by several
 * processes at once. Forward only: a database newer than this build is left as it is, and `newerCount` tells how many steps
 * it has taken that this build does not know.
 *
 * @param migrations the steps there are, in their order; other than all of them only in tests
 * @throws AppError `storage.unavailable` (retryable), `storage.conflict` (retryable) when a step found its tables in use
 * for 75 s, `storage.failed` with the step that could not be taken
 */
export async function migrate(
  databaseUrl: string,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<Migrated> {
  const client = new Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'earshot-migrate',
  });
  // Without a listener a connection that breaks between two statements would end the process; the next one reports it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await applyPending(client, migrations);
  } catch (error) {
    throw toStorageError('migrate the database', error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The lock belongs to the connection and goes with it, also when the process is killed. */
async function applyPending(client: Client, migrations: readonly Migration[]): Promise<Migrated> {
  await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
  await client.query(`create table if not exists schema_migrations (
    version integer primary key,
    name text not null,
    applied_at timestamptz not null default now()
  )`);
  const done = await client.query<{ version: number }>('select version from schema_migrations');
  const versions = new Set(done.rows.map((row) => row.version));
  const applied: string[] = [];
  for (const migration of migrations) {
    if (versions.has(migration.version)) continue;
    await apply(client, migration);
    applied.push(migration.name);
  }
  const known = new Set(migrations.map(({ version }) => version));
  return { applied, newerCount: [...versions].filter((version) => !known.has(version)).length };
}

async function apply(client: Client, migration: Migration): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt(client, migration);
    } catch (error) {
      if (tries >= STEP_TRIES_MAX || !IN_USE_STATES.has(sqlState(error) ?? '')) {
        throw toStorageError(`apply migration ${migration.version} (${migration.name})`, error);
      }
      await client.query('rollback');
      await sleep(STEP_PAUSE_MS);
    }
  }
}

async function attempt(client: Client, migration: Migration): Promise<void> {
  await client.query('begin');
  // After the lock of the migrations, which may be waited for as long as another process needs.
  await client.query(`set local lock_timeout = ${TABLE_WAIT_MS_MAX}`);
  await client.query(migration.sql);
  await client.query('insert into schema_migrations (version, name) values ($1, $2)', [
    migration.version,
    migration.name,
  ]);
  await client.query('commit');
}
