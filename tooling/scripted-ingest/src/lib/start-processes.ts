import { randomBytes } from 'node:crypto';
import { startNodeProcess, type NodeProcess, type NodeProcessOptions } from './node-process.ts';

const INGEST_MAIN = new URL('../main.ts', import.meta.url);
const EMULATOR_MAIN = new URL('../emulator/main.ts', import.meta.url);

/** What all ingest processes of one system share. */
export interface IngestSurroundings {
  readonly databaseUrl: string;
  /** Absent: the queues run on PostgreSQL. */
  readonly redisUrl: string | undefined;
  readonly kinesisEndpointUrl: string;
  /** 32 bytes in base64, as `newMasterKey` makes them. */
  readonly masterKey: string;
  /** Where calls that allow it are recorded. Absent: nowhere. */
  readonly recordingDirectory?: string;
}

export interface ScriptedIngestOptions
  extends IngestSurroundings, Pick<NodeProcessOptions, 'nodeArguments' | 'onRecord'> {
  /** Calls at once. Default 64. */
  readonly callsMax?: number;
  /** What is heard in all speech. Default: a fingerprint of its audio. */
  readonly says?: string;
}

export function newMasterKey(): string {
  return randomBytes(32).toString('base64');
}

/** The ingest app with all its parts real, but what hears speech. Resolves when it takes calls. */
export function startScriptedIngest(options: ScriptedIngestOptions): Promise<NodeProcess> {
  const { databaseUrl, redisUrl, kinesisEndpointUrl, masterKey, recordingDirectory, ...more } = options;
  const { callsMax = 64, says, ...running } = more;
  return startNodeProcess(INGEST_MAIN, {
    ...running,
    env: {
      DATABASE_URL: databaseUrl,
      ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
      EARSHOT_MASTER_KEY: masterKey,
      KVS_ENDPOINT_URL: kinesisEndpointUrl,
      INGEST_CALLS_MAX: String(callsMax),
      ...(recordingDirectory === undefined ? {} : { RECORDING_DIRECTORY: recordingDirectory }),
      ...(says === undefined ? {} : { SCRIPTED_TEXT: says }),
      AWS_REGION: 'us-east-1',
      // The emulator checks no signature, but the AWS SDK sends no request without one.
      AWS_ACCESS_KEY_ID: 'earshot-emulator',
      AWS_SECRET_ACCESS_KEY: 'earshot-emulator',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  });
}

export interface EmulatorOptions extends Pick<NodeProcessOptions, 'nodeArguments'> {
  /** Media kept of each stream, bytes. Default: the emulator's own. */
  readonly retentionBytesMax?: number;
}

/** The Kinesis Video Streams emulator as a process of its own. */
export function startEmulator({ retentionBytesMax, ...running }: EmulatorOptions = {}): Promise<NodeProcess> {
  const env: Record<string, string> =
    retentionBytesMax === undefined ? {} : { EMULATOR_RETENTION_BYTES_MAX: String(retentionBytesMax) };
  return startNodeProcess(EMULATOR_MAIN, { ...running, env });
}
