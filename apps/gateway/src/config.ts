import { readEgressPolicy, type EgressPolicy } from '@earshot/auth';
import {
  readAppVariables,
  readEngineOffers,
  readEnv,
  readRedisUrl,
  type AppVariables,
  type EngineList,
  type EngineOffer,
  type Env,
} from '@earshot/config';
import { LOG_LEVELS, type LogLevel } from '@earshot/telemetry';

export interface GatewayConfig extends AppVariables {
  /** Absent: the queues run on PostgreSQL. */
  readonly redisUrl: string | undefined;
  readonly logLevel: LogLevel;
  readonly egress: EgressPolicy;
  /** How long a stop waits for the audio up to it to be transcribed. */
  readonly stopTimeoutMs: number;
  readonly forceRedaction: boolean;
  /** What calls may ask for; ingest reads the same variables. */
  readonly engines: EngineList<EngineOffer>;
  /** Per API key and process. */
  readonly requestsPerSecond: number;
}

/** Reads the environment; throws `config.invalid` with every problem at once. */
export function parseConfig(env: Env): GatewayConfig {
  return readEnv(env, (read) => ({
    ...readAppVariables(read),
    redisUrl: readRedisUrl(read),
    logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    egress: readEgressPolicy(read),
    stopTimeoutMs: read.integer('STOP_TIMEOUT_MS', { default: 5000, min: 100, max: 25_000 }),
    forceRedaction: read.boolean('REDACTION_FORCED', { default: false }),
    engines: readEngineOffers(read),
    requestsPerSecond: read.integer('RATE_LIMIT_PER_SECOND', { default: 100, min: 1, max: 100_000 }),
  }));
}
