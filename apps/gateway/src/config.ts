import { createEgressPolicy, type EgressPolicy } from '@earshot/auth';
import {
  readAppVariables,
  readEnv,
  readRedisUrl,
  type AppVariables,
  type Env,
  type EnvReader,
} from '@earshot/config';
import { isCodedError } from '@earshot/domain';
import { LOG_LEVELS, type LogLevel } from '@earshot/telemetry';

export interface GatewayConfig extends AppVariables {
  /** Absent: the queues run on PostgreSQL. */
  readonly redisUrl: string | undefined;
  readonly logLevel: LogLevel;
  readonly egress: EgressPolicy;
  /** How long a stop waits for the audio up to it to be transcribed. */
  readonly stopTimeoutMs: number;
  readonly forceRedaction: boolean;
  /** Tags the configured engine can do; the first is the default. */
  readonly languages: readonly [string, ...string[]];
  /** Per API key and process. */
  readonly requestsPerSecond: number;
}

/** The recogniser of this release speaks English only. */
const LANGUAGES = ['en-US'] as const;

/** Reads the environment; throws `config.invalid` with every problem at once. */
export function parseConfig(env: Env): GatewayConfig {
  return readEnv(env, (read) => ({
    ...readAppVariables(read),
    redisUrl: readRedisUrl(read),
    logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    egress: readEgressPolicy(read),
    stopTimeoutMs: read.integer('STOP_TIMEOUT_MS', { default: 5000, min: 100, max: 25_000 }),
    forceRedaction: read.boolean('FORCE_REDACTION', { default: false }),
    languages: LANGUAGES,
    requestsPerSecond: read.integer('RATE_LIMIT_PER_SECOND', { default: 100, min: 1, max: 100_000 }),
  }));
}

function readEgressPolicy(read: EnvReader): EgressPolicy {
  try {
    return createEgressPolicy({ allowCidrs: read.list('EARSHOT_EGRESS_ALLOW') });
  } catch (error) {
    if (!isCodedError(error)) throw error;
    read.reject('EARSHOT_EGRESS_ALLOW', 'networks in CIDR form such as 10.0.0.0/8, separated by commas');
    return createEgressPolicy();
  }
}
