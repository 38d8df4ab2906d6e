import { readEgressPolicy, type EgressPolicy } from '@earshot/auth';
import { readAppVariables, readEnv, readRedisUrl, type AppVariables, type Env } from '@earshot/config';
import { LOG_LEVELS, type LogLevel } from '@earshot/telemetry';

export interface PublisherConfig extends AppVariables {
  /** Absent: the queues run on PostgreSQL. */
  readonly redisUrl: string | undefined;
  readonly logLevel: LogLevel;
  readonly egress: EgressPolicy;
  /** Per API key and process. */
  readonly requestsPerSecond: number;
  /** Conversations times endpoints this process works on at once. */
  readonly lanesMax: number;
  /** POSTs to one endpoint under way at once. */
  readonly inFlightMax: number;
  /** POSTs of partials to one endpoint under way at once, besides those. */
  readonly partialsInFlightMax: number;
  /** How long a lane without messages is kept. */
  readonly lingerMs: number;
  readonly sweepEveryMs: number;
}

/** Reads the environment; throws `config.invalid` with every problem at once. */
export function parseConfig(env: Env): PublisherConfig {
  return readEnv(env, (read) => ({
    ...readAppVariables(read),
    redisUrl: readRedisUrl(read),
    logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    egress: readEgressPolicy(read),
    requestsPerSecond: read.integer('RATE_LIMIT_PER_SECOND', { default: 100, min: 1, max: 100_000 }),
    lanesMax: read.integer('PUBLISHER_LANES_MAX', { default: 2000, min: 1, max: 100_000 }),
    inFlightMax: read.integer('PUBLISHER_IN_FLIGHT_MAX', { default: 16, min: 1, max: 1000 }),
    partialsInFlightMax: read.integer('PUBLISHER_PARTIALS_IN_FLIGHT_MAX', { default: 8, min: 1, max: 1000 }),
    lingerMs: read.integer('PUBLISHER_LINGER_MS', { default: 15_000, min: 100, max: 600_000 }),
    sweepEveryMs: read.integer('PUBLISHER_SWEEP_EVERY_MS', { default: 2000, min: 100, max: 60_000 }),
  }));
}
