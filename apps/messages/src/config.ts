import { readAppVariables, readEnv, type AppVariables, type Env } from '@earshot/config';
import { LOG_LEVELS, type LogLevel } from '@earshot/telemetry';

export interface MessagesConfig extends AppVariables {
  readonly logLevel: LogLevel;
  /** Per API key and process. */
  readonly requestsPerSecond: number;
}

/** Reads the environment; throws `config.invalid` with every problem at once. */
export function parseConfig(env: Env): MessagesConfig {
  return readEnv(env, (read) => ({
    ...readAppVariables(read),
    logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    requestsPerSecond: read.integer('RATE_LIMIT_PER_SECOND', { default: 100, min: 1, max: 100_000 }),
  }));
}
