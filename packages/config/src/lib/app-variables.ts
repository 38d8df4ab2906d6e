import type { EnvReader } from './env-reader.ts';

/** What a process asks of the database, as `createStorage` takes it. */
export interface DatabaseLimits {
  /** Absent: the app's own number. */
  readonly connectionsMax?: number;
  /** One statement, one wait for a lock, and one statement of an export or of retention. */
  readonly statementTimeoutMs: number;
  readonly lockTimeoutMs: number;
  readonly jobTimeoutMs: number;
}

/** What every app reads. */
export interface AppVariables {
  readonly databaseUrl: string;
  readonly databaseLimits: DatabaseLimits;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The key that seals secrets: exactly one of itself and its file. */
  readonly masterKey: { readonly key: string | undefined; readonly file: string | undefined };
}

/**
 * `DATABASE_CONNECTIONS_MAX`, `DATABASE_STATEMENT_TIMEOUT_MS` (10,000), `DATABASE_LOCK_TIMEOUT_MS` (5,000),
 * `DATABASE_JOB_TIMEOUT_MS` (120,000).
 */
function readDatabaseLimits(read: EnvReader): DatabaseLimits {
  const limit = (name: string, defaultMs: number): number =>
    read.integer(name, { default: defaultMs, min: 100, max: 3_600_000 });
  // 0 stands for unset; nothing works without a connection.
  const connectionsMax = read.integer('DATABASE_CONNECTIONS_MAX', { default: 0, min: 0, max: 1000 });
  return {
    ...(connectionsMax === 0 ? {} : { connectionsMax }),
    statementTimeoutMs: limit('DATABASE_STATEMENT_TIMEOUT_MS', 10_000),
    lockTimeoutMs: limit('DATABASE_LOCK_TIMEOUT_MS', 5000),
    jobTimeoutMs: limit('DATABASE_JOB_TIMEOUT_MS', 120_000),
  };
}

/** What `readDatabaseLimits` reads, `DATABASE_URL`, `HOST` (127.0.0.1), `PORT` (0), `EARSHOT_MASTER_KEY` or `EARSHOT_MASTER_KEY_FILE`. */
export function readAppVariables(read: EnvReader): AppVariables {
  const key = read.optionalString('EARSHOT_MASTER_KEY');
  const file = read.optionalString('EARSHOT_MASTER_KEY_FILE');
  if ((key === undefined) === (file === undefined)) {
    read.reject('EARSHOT_MASTER_KEY', 'exactly one of it and EARSHOT_MASTER_KEY_FILE to be set');
  }
  return {
    databaseUrl: read.url('DATABASE_URL', { protocols: ['postgres', 'postgresql'] }).href,
    databaseLimits: readDatabaseLimits(read),
    host: read.string('HOST', { default: '127.0.0.1' }),
    port: read.integer('PORT', { default: 0, min: 0, max: 65_535 }),
    masterKey: { key, file },
  };
}

/** `REDIS_URL`; absent: the queues run on PostgreSQL. */
export function readRedisUrl(read: EnvReader): string | undefined {
  return read.optionalUrl('REDIS_URL', { protocols: ['redis', 'rediss'] })?.href;
}
