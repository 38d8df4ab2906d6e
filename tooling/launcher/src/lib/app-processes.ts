import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AppName } from './front-door-routes.ts';

/** Development only: the apps may reach receivers on this machine, and http is allowed there. */
const EGRESS_ALLOW_DEFAULT = '127.0.0.0/8';
const APPS: readonly AppName[] = ['gateway', 'ingest', 'publisher', 'messages', 'exporter'];

export interface SystemFacts {
  databaseUrl: string;
  /** Absent: the queues run on PostgreSQL. */
  redisUrl: string | undefined;
  kinesisEndpoint: string;
  masterKey: { key: string | undefined; file: string | undefined };
  cacheDirectory: string;
  /** Where the exporter keeps its files; absent: in the bucket that the environment names. */
  exportDirectory: string | undefined;
  /** Where ingest keeps recordings and messages finds them; absent: in the bucket that the environment names. */
  recordingDirectory: string | undefined;
  /** Networks that deliveries may go to although they are not public. */
  egressAllow: string | undefined;
}

/** The apps that this checkout has. */
export function presentApps(checkout: string): AppName[] {
  return APPS.filter((app) => existsSync(join(checkout, 'apps', app, 'package.json')));
}

/** What the apps must know, as variables; the same for all of them. */
export function appEnvironment(facts: SystemFacts): Record<string, string> {
  return {
    DATABASE_URL: facts.databaseUrl,
    ...(facts.redisUrl === undefined ? {} : { REDIS_URL: facts.redisUrl }),
    ...(facts.masterKey.key === undefined ? {} : { EARSHOT_MASTER_KEY: facts.masterKey.key }),
    ...(facts.masterKey.file === undefined ? {} : { EARSHOT_MASTER_KEY_FILE: facts.masterKey.file }),
    EARSHOT_CACHE_DIR: facts.cacheDirectory,
    ...(facts.exportDirectory === undefined ? {} : { EXPORT_DIRECTORY: facts.exportDirectory }),
    ...(facts.recordingDirectory === undefined ? {} : { RECORDING_DIRECTORY: facts.recordingDirectory }),
    EARSHOT_EGRESS_ALLOW: facts.egressAllow ?? EGRESS_ALLOW_DEFAULT,
    HOST: '127.0.0.1',
    PORT: '0',
    KVS_ENDPOINT_URL: facts.kinesisEndpoint,
    ...emulatorCredentials(),
  };
}

/** The emulator checks no signature, but the AWS SDK refuses to send a request without one. */
function emulatorCredentials(): Record<string, string> {
  return {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'earshot-emulator',
    AWS_SECRET_ACCESS_KEY: 'earshot-emulator',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** As lines of an env file, for `node --env-file` and the shell. */
export function asEnvFile(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join('');
}
