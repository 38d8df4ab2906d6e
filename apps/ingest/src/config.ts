import {
  readAppVariables,
  readEngineVariables,
  readEnv,
  readOptionalObjectStore,
  readRedisUrl,
  type AppVariables,
  type EngineList,
  type EngineVariables,
  type Env,
  type EnvReader,
  type ObjectStoreVariables,
} from '@earshot/config';
import { LOG_LEVELS, type LogLevel } from '@earshot/telemetry';

export interface IngestConfig extends AppVariables {
  /** Absent: the queues run on PostgreSQL. */
  readonly redisUrl: string | undefined;
  readonly logLevel: LogLevel;
  /** Where derived model files are kept between starts. */
  readonly cacheDirectory: string;
  readonly region: string;
  /** Another Kinesis Video Streams than Amazon's, for development. */
  readonly kinesisEndpointUrl: string | undefined;
  /** Whatever a call or a tenant asks for: no raw text leaves, and what is off by mistake is on by default. */
  readonly redactionForced: boolean;
  /** What turns speech into text, the default first. */
  readonly engines: EngineList<EngineVariables>;
  readonly callsMax: number;
  readonly decodesInFlightMax: number;
  /** `under-pressure`: a second, faster model for texts that have waited. */
  readonly smallModel: 'never' | 'under-pressure';
  /** The median wait for a text from which on no new calls are taken. */
  readonly textWaitMsMax: number;
  /** `auto`: cheaper forms of the models where the processor gains by them. */
  readonly modelRewrite: 'auto' | 'off';
  /** Between two partials of one side of a call that is watched, at least; 0: none. */
  readonly partialIntervalMs: number;
  /** Where calls that allow it are recorded; absent: nowhere. */
  readonly recordings: ObjectStoreVariables | undefined;
  /** Silence that ends an utterance. */
  readonly hangoverMs: number;
}

/** Reads the environment; throws `config.invalid` with every problem at once. */
export function parseConfig(env: Env): IngestConfig {
  return readEnv(env, (read) => ({
    ...readAppVariables(read),
    redisUrl: readRedisUrl(read),
    logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    cacheDirectory: read.string('EARSHOT_CACHE_DIR', { default: '.earshot/cache' }),
    region: readRegion(read),
    kinesisEndpointUrl: read.optionalUrl('KVS_ENDPOINT_URL', { protocols: ['http', 'https'] })?.href,
    redactionForced: read.boolean('REDACTION_FORCED', { default: false }),
    engines: readEngineVariables(read, readRegion(read)),
    callsMax: read.integer('INGEST_CALLS_MAX', { default: 64, min: 1, max: 10_000 }),
    decodesInFlightMax: read.integer('INGEST_DECODES_IN_FLIGHT', { default: 2, min: 1, max: 64 }),
    modelRewrite: read.oneOf('INGEST_MODEL_REWRITE', ['auto', 'off'], 'auto'),
    smallModel: read.oneOf('INGEST_SMALL_MODEL', ['never', 'under-pressure'], 'under-pressure'),
    textWaitMsMax: read.integer('INGEST_TEXT_WAIT_MS_MAX', { default: 2000, min: 100, max: 600_000 }),
    partialIntervalMs: read.integer('INGEST_PARTIAL_INTERVAL_MS', { default: 1200, min: 0, max: 60_000 }),
    recordings: readOptionalObjectStore(read, 'RECORDING'),
    hangoverMs: read.integer('INGEST_HANGOVER_MS', { default: 300, min: 100, max: 2000 }),
  }));
}

function readRegion(read: EnvReader): string {
  return read.string('AWS_REGION', { default: 'us-east-1' });
}
