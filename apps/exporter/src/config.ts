import {
  readAppVariables,
  readEnv,
  readObjectStore,
  type AppVariables,
  type Env,
  type ObjectStoreVariables,
} from '@earshot/config';
import { LOG_LEVELS, type LogLevel } from '@earshot/telemetry';

export interface ExporterConfig extends AppVariables {
  readonly logLevel: LogLevel;
  /** Per API key and process. */
  readonly requestsPerSecond: number;
  /** Hours are built as they end, not with their day. */
  readonly hourly: boolean;
  readonly store: ObjectStoreVariables;
  /** Where clients reach this app; absent: where the request came to. */
  readonly publicUrl: string | undefined;
}

/** Reads the environment; throws `config.invalid` with every problem at once. */
export function parseConfig(env: Env): ExporterConfig {
  return readEnv(env, (read) => ({
    ...readAppVariables(read),
    logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    requestsPerSecond: read.integer('RATE_LIMIT_PER_SECOND', { default: 100, min: 1, max: 100_000 }),
    hourly: read.boolean('EXPORT_HOURLY', { default: false }),
    store: readObjectStore(read, 'EXPORT'),
    publicUrl: read.optionalUrl('EXPORT_PUBLIC_URL', { protocols: ['https', 'http'] })?.href,
  }));
}
