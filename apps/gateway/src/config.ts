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
  /** Tags the configured engine can do, as it spells them. */
  readonly languages: readonly [string, ...string[]];
  /** Per API key and process. */
  readonly requestsPerSecond: number;
}

const LANGUAGES_DEFAULT = ['en-US'] as const;
const ENGLISH_ENGINE = 'moonshine';
const ENGLISH_TAG = /^en(?:-|$)/i;
/** The shape the contract takes for a language: a tag it could not ask for would never be used. */
const LANGUAGE_TAG = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/;

/** Reads the environment; throws `config.invalid` with every problem at once. */
export function parseConfig(env: Env): GatewayConfig {
  return readEnv(env, (read) => ({
    ...readAppVariables(read),
    redisUrl: readRedisUrl(read),
    logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    egress: readEgressPolicy(read),
    stopTimeoutMs: read.integer('STOP_TIMEOUT_MS', { default: 5000, min: 100, max: 25_000 }),
    forceRedaction: read.boolean('FORCE_REDACTION', { default: false }),
    languages: readLanguages(read),
    requestsPerSecond: read.integer('RATE_LIMIT_PER_SECOND', { default: 100, min: 1, max: 100_000 }),
  }));
}

/** Ingest reads the same two variables: a language its engine cannot do must not be promised here. */
function readLanguages(read: EnvReader): readonly [string, ...string[]] {
  const [first = '', ...rest] = read.list('SPEECH_LANGUAGES', { default: LANGUAGES_DEFAULT });
  const tags = [first, ...rest] as const;
  if (!tags.every((tag) => LANGUAGE_TAG.test(tag))) {
    read.reject('SPEECH_LANGUAGES', 'IETF language tags such as en-US,es-US, separated by commas');
    return LANGUAGES_DEFAULT;
  }
  const engine = read.string('SPEECH_ENGINE', { default: ENGLISH_ENGINE });
  if (engine === ENGLISH_ENGINE && !tags.every((tag) => ENGLISH_TAG.test(tag))) {
    read.reject('SPEECH_LANGUAGES', `English only, unless SPEECH_ENGINE names another engine than ${engine}`);
    return LANGUAGES_DEFAULT;
  }
  return tags;
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
