import { appEnvironment, asEnvFile, presentApps } from './app-processes.ts';
import { startBuiltApps, startEmulator, type StartApps } from './built-apps.ts';
import { startBackingServices } from './backing-services.ts';
import { ensureFirstKey, type Credentials } from './first-key.ts';
import { openFrontDoor } from './front-door.ts';
import type { AppName } from './front-door-routes.ts';
import { prepareStore } from './prepare-store.ts';
import { refuseSecondStart, removeRuntimeFile, writeRuntimeFile } from './runtime-file.ts';
import type { Shutdown } from './shutdown.ts';
import {
  ensureMasterKey,
  openStateDirectory,
  writePrivateFile,
  type StateDirectory,
} from './state-directory.ts';

export interface SystemOptions {
  /** The folder that holds `apps/` and `packages/`. */
  checkout: string;
  /** Where `.earshot` is made. Default: the checkout. */
  stateParent?: string;
  /** Of the front door; 0 takes a free one. */
  port: number;
  /** The environment to pass on; `DATABASE_URL`, `REDIS_URL` and the master key in it win over private ones. */
  env: NodeJS.ProcessEnv;
  shutdown: Shutdown;
  /** Told each part that came up, and how long it took. */
  onReady?: (name: string, elapsedMs: number) => void;
  /** Told what a person should see: restarts, fallbacks. */
  report?: (line: string) => void;
  /** Starts the apps; default: their built form, supervised. */
  startApps?: StartApps;
}

export interface System {
  baseUrl: string;
  kinesisEndpoint: string;
  databaseUrl: string;
  redisUrl: string | undefined;
  credentials: Credentials;
  /** The first start of this state: the secret was made just now. */
  isNewKey: boolean;
  state: StateDirectory;
}

/**
 * Brings the whole system up: door, PostgreSQL, queues, tables, first key, emulator, apps. Everything started is
 * known to `shutdown`, also when this throws; running that is the caller's part.
 */
export async function startSystem(options: SystemOptions): Promise<System> {
  const { checkout, env, shutdown } = options;
  const onReady = options.onReady ?? (() => {});
  const report = options.report ?? (() => {});
  const state = await openStateDirectory(options.stateParent ?? checkout);
  await refuseSecondStart(state.runtimeFile);
  const masterKey = await findMasterKey(env, state);

  let portOf: (app: AppName) => number | undefined = () => undefined;
  // Opened first, so that a taken port is told before anything is started.
  const door = await openFrontDoor({ port: options.port, portOf: (app) => portOf(app) });
  const doorStep = { name: 'the front door', stop: () => door.close(), timeoutMs: 5_000 };
  shutdown.add(doorStep);
  const services = await startBackingServices({
    given: { databaseUrl: env['DATABASE_URL'], redisUrl: env['REDIS_URL'] },
    state,
    shutdown,
    onReady,
    report,
  });
  const context = { checkout, state, shutdown, onReady, report };
  const [storage, kinesisEndpoint] = await Promise.all([
    prepareStore({ ...services, onReady }),
    startEmulator({ ...context, env }),
  ]);
  const key = await (async () => {
    try {
      return await ensureFirstKey({
        storage,
        masterKey,
        credentialsFile: state.credentialsFile,
        baseUrl: door.baseUrl,
      });
    } finally {
      await storage.close();
    }
  })();
  if (key.isForeign) {
    report('the master key is another one than before: what the other one sealed cannot be opened with it');
  }
  const variables = appEnvironment({
    ...services,
    kinesisEndpoint,
    masterKey,
    cacheDirectory: env['EARSHOT_CACHE_DIR'] ?? state.cache,
    exportDirectory: directoryOf(env, 'EXPORT', state.exports),
    recordingDirectory: directoryOf(env, 'RECORDING', state.recordings),
    egressAllow: env['EARSHOT_EGRESS_ALLOW'],
  });
  await writePrivateFile(state.devEnvFile, asEnvFile(variables));
  const startApps = options.startApps ?? startBuiltApps;
  portOf = await startApps({ ...context, env: { ...env, ...variables } });
  // Again, so that it closes before the apps do.
  shutdown.add(doorStep);
  const appUrls = Object.fromEntries(
    presentApps(checkout).map((app) => [app, `http://127.0.0.1:${portOf(app) ?? 0}`]),
  );
  await writeRuntimeFile(state.runtimeFile, { baseUrl: door.baseUrl, kinesisEndpoint, appUrls });
  shutdown.add({
    name: 'the runtime file',
    stop: () => removeRuntimeFile(state.runtimeFile),
    timeoutMs: 5_000,
  });
  return {
    baseUrl: door.baseUrl,
    kinesisEndpoint,
    databaseUrl: services.databaseUrl,
    redisUrl: services.redisUrl,
    credentials: key.credentials,
    isNewKey: key.isNew,
    state,
  };
}

/** A private folder unless the environment names a place. */
function directoryOf(
  env: NodeJS.ProcessEnv,
  name: 'EXPORT' | 'RECORDING',
  ownDirectory: string,
): string | undefined {
  if (env[`${name}_S3_BUCKET`] !== undefined) return undefined;
  return env[`${name}_DIRECTORY`] ?? ownDirectory;
}

async function findMasterKey(
  env: NodeJS.ProcessEnv,
  state: StateDirectory,
): Promise<{ key: string | undefined; file: string | undefined }> {
  const key = env['EARSHOT_MASTER_KEY'];
  const file = env['EARSHOT_MASTER_KEY_FILE'];
  if (key !== undefined || file !== undefined) return { key, file };
  await ensureMasterKey(state.masterKeyFile);
  return { key: undefined, file: state.masterKeyFile };
}
