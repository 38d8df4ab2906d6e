import { readEnv, type Env } from '@earshot/config';
import { LOG_LEVELS, type LogLevel } from '@earshot/telemetry';

export interface IngestConfig {
  readonly databaseUrl: string;
  /** Absent: the queues run on PostgreSQL. */
  readonly redisUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly logLevel: LogLevel;
  readonly masterKey: { readonly key: string | undefined; readonly file: string | undefined };
  /** Where derived model files are kept between starts. */
  readonly cacheDirectory: string;
  readonly region: string;
  /** Another Kinesis Video Streams than Amazon's, for development. */
  readonly kinesisEndpointUrl: string | undefined;
  readonly callsMax: number;
  readonly decodesInFlightMax: number;
  readonly hangoverMs: number;
}

/** Reads the environment; throws `config.invalid` with every problem at once. */
export function parseConfig(env: Env): IngestConfig {
  return readEnv(env, (read) => {
    const key = read.optionalString('EARSHOT_MASTER_KEY');
    const file = read.optionalString('EARSHOT_MASTER_KEY_FILE');
    if (key === undefined && file === undefined) {
      read.reject('EARSHOT_MASTER_KEY', 'it or EARSHOT_MASTER_KEY_FILE to be set');
    }
    return {
      databaseUrl: read.url('DATABASE_URL', { protocols: ['postgres', 'postgresql'] }).href,
      redisUrl: read.optionalUrl('REDIS_URL', { protocols: ['redis', 'rediss'] })?.href,
      host: read.string('HOST', { default: '127.0.0.1' }),
      port: read.integer('PORT', { default: 0, min: 0, max: 65_535 }),
      logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
      masterKey: { key, file },
      cacheDirectory: read.string('EARSHOT_CACHE_DIR', { default: '.earshot/cache' }),
      region: read.string('AWS_REGION', { default: 'us-east-1' }),
      kinesisEndpointUrl: read.optionalUrl('KVS_ENDPOINT_URL', { protocols: ['http', 'https'] })?.href,
      callsMax: read.integer('INGEST_CALLS_MAX', { default: 64, min: 1, max: 10_000 }),
      decodesInFlightMax: read.integer('INGEST_DECODES_IN_FLIGHT', { default: 2, min: 1, max: 64 }),
      hangoverMs: read.integer('INGEST_HANGOVER_MS', { default: 300, min: 100, max: 2000 }),
    };
  });
}
