import type { EnvReader } from './env-reader.ts';

/** What every app reads. */
export interface AppVariables {
  readonly databaseUrl: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The key that seals secrets: exactly one of itself and its file. */
  readonly masterKey: { readonly key: string | undefined; readonly file: string | undefined };
}

/** `DATABASE_URL`, `HOST` (127.0.0.1), `PORT` (0), `EARSHOT_MASTER_KEY` or `EARSHOT_MASTER_KEY_FILE`. */
export function readAppVariables(read: EnvReader): AppVariables {
  const key = read.optionalString('EARSHOT_MASTER_KEY');
  const file = read.optionalString('EARSHOT_MASTER_KEY_FILE');
  if ((key === undefined) === (file === undefined)) {
    read.reject('EARSHOT_MASTER_KEY', 'exactly one of it and EARSHOT_MASTER_KEY_FILE to be set');
  }
  return {
    databaseUrl: read.url('DATABASE_URL', { protocols: ['postgres', 'postgresql'] }).href,
    host: read.string('HOST', { default: '127.0.0.1' }),
    port: read.integer('PORT', { default: 0, min: 0, max: 65_535 }),
    masterKey: { key, file },
  };
}

/** `REDIS_URL`; absent: the queues run on PostgreSQL. */
export function readRedisUrl(read: EnvReader): string | undefined {
  return read.optionalUrl('REDIS_URL', { protocols: ['redis', 'rediss'] })?.href;
}
