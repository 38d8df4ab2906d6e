import {
  readAppVariables,
  readEnv,
  readOptionalObjectStore,
  readRedisUrl,
  type AppVariables,
  type Env,
  type ObjectStoreVariables,
} from '@earshot/config';
import { LOG_LEVELS, type LogLevel } from '@earshot/telemetry';

export interface MessagesConfig extends AppVariables {
  /** Carries live events; absent: PostgreSQL does. */
  readonly redisUrl: string | undefined;
  readonly logLevel: LogLevel;
  /** Per API key and process. */
  readonly requestsPerSecond: number;
  /** A participant for whom all masking is off gets the defaults. */
  readonly redactionForced: boolean;
  /** Followers of calls at once. */
  readonly liveConnectionsMax: number;
  /** A follower that takes nothing for this long is cut off. */
  readonly liveStallMs: number;
  /** How long a follower of a call that is over stays connected. */
  readonly liveLingerMs: number;
  /** Between two looks for what is too old; 0: this process never looks. */
  readonly retentionEveryMs: number;
  /** Where ingest keeps recordings; absent: none are handed out. */
  readonly recordings: ObjectStoreVariables | undefined;
}

/** Reads the environment; throws `config.invalid` with every problem at once. */
export function parseConfig(env: Env): MessagesConfig {
  return readEnv(env, (read) => ({
    ...readAppVariables(read),
    redisUrl: readRedisUrl(read),
    logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    requestsPerSecond: read.integer('RATE_LIMIT_PER_SECOND', { default: 100, min: 1, max: 100_000 }),
    redactionForced: read.boolean('REDACTION_FORCED', { default: false }),
    liveConnectionsMax: read.integer('MESSAGES_LIVE_CONNECTIONS_MAX', { default: 500, min: 0, max: 100_000 }),
    liveStallMs: read.integer('MESSAGES_LIVE_STALL_MS', { default: 20_000, min: 100, max: 600_000 }),
    liveLingerMs: read.integer('MESSAGES_LIVE_LINGER_MS', { default: 300_000, min: 0, max: 86_400_000 }),
    retentionEveryMs: read.integer('RETENTION_EVERY_MS', { default: 600_000, min: 0, max: 86_400_000 }),
    recordings: readOptionalObjectStore(read, 'RECORDING'),
  }));
}
