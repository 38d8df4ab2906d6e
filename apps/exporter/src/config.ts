import { readAppVariables, readEnv, type AppVariables, type Env } from '@earshot/config';
import { LOG_LEVELS, type LogLevel } from '@earshot/telemetry';

export type StoreConfig =
  | { readonly type: 'directory'; readonly directory: string }
  | {
      readonly type: 's3';
      readonly bucket: string;
      readonly prefix: string;
      readonly region: string;
      readonly endpoint: string | undefined;
    };

export interface ExporterConfig extends AppVariables {
  readonly logLevel: LogLevel;
  /** Per API key and process. */
  readonly requestsPerSecond: number;
  /** Hours are built as they end, not with their day. */
  readonly hourly: boolean;
  readonly store: StoreConfig;
  /** Where clients reach this app; absent: where the request came to. */
  readonly publicUrl: string | undefined;
}

/** Reads the environment; throws `config.invalid` with every problem at once. */
export function parseConfig(env: Env): ExporterConfig {
  return readEnv(env, (read) => {
    const directory = read.optionalString('EXPORT_DIRECTORY');
    const bucket = read.optionalString('EXPORT_S3_BUCKET');
    if ((directory === undefined) === (bucket === undefined)) {
      read.reject('EXPORT_DIRECTORY', 'exactly one of it and EXPORT_S3_BUCKET to be set');
    }
    const store: StoreConfig =
      bucket === undefined
        ? { type: 'directory', directory: directory ?? '' }
        : {
            type: 's3',
            bucket,
            prefix: read.string('EXPORT_S3_PREFIX', { default: '' }),
            region: read.string('AWS_REGION', { default: 'us-east-1' }),
            endpoint: read.optionalUrl('EXPORT_S3_ENDPOINT', { protocols: ['https', 'http'] })?.href,
          };
    return {
      ...readAppVariables(read),
      logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
      requestsPerSecond: read.integer('RATE_LIMIT_PER_SECOND', { default: 100, min: 1, max: 100_000 }),
      hourly: read.boolean('EXPORT_HOURLY', { default: false }),
      store,
      publicUrl: read.optionalUrl('EXPORT_PUBLIC_URL', { protocols: ['https', 'http'] })?.href,
    };
  });
}
