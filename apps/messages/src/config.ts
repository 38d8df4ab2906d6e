import { readEnv, type Env } from '@earshot/config';
import { LOG_LEVELS, type LogLevel } from '@earshot/telemetry';

export interface MessagesConfig {
  readonly databaseUrl: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly logLevel: LogLevel;
  readonly masterKey: { readonly key: string | undefined; readonly file: string | undefined };
  /** Per API key and process. */
  readonly requestsPerSecond: number;
}

/** Reads the environment; throws `config.invalid` with every problem at once. */
export function parseConfig(env: Env): MessagesConfig {
  return readEnv(env, (read) => {
    const key = read.optionalString('EARSHOT_MASTER_KEY');
    const file = read.optionalString('EARSHOT_MASTER_KEY_FILE');
    if ((key === undefined) === (file === undefined)) {
      read.reject('EARSHOT_MASTER_KEY', 'exactly one of it and EARSHOT_MASTER_KEY_FILE to be set');
    }
    return {
      databaseUrl: read.url('DATABASE_URL', { protocols: ['postgres', 'postgresql'] }).href,
      host: read.string('HOST', { default: '127.0.0.1' }),
      port: read.integer('PORT', { default: 0, min: 0, max: 65_535 }),
      logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
      masterKey: { key, file },
      requestsPerSecond: read.integer('RATE_LIMIT_PER_SECOND', { default: 100, min: 1, max: 100_000 }),
    };
  });
}
