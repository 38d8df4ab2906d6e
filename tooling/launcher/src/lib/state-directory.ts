import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const MASTER_KEY_BYTES = 32;

/** Where a checkout keeps everything that outlives a start. Removing it begins anew. */
export interface StateDirectory {
  root: string;
  postgres: string;
  redis: string;
  logs: string;
  cache: string;
  exports: string;
  /** Audio of calls whose start allowed it. */
  recordings: string;
  masterKeyFile: string;
  credentialsFile: string;
  runtimeFile: string;
  devEnvFile: string;
  demoMarker: string;
}

/** Makes `.earshot` below `checkout`. Other users may pass through it (PostgreSQL's may have to) but list nothing. */
export async function openStateDirectory(checkout: string): Promise<StateDirectory> {
  const root = join(checkout, '.earshot');
  const state: StateDirectory = {
    root,
    postgres: join(root, 'postgres'),
    redis: join(root, 'redis'),
    logs: join(root, 'logs'),
    cache: join(root, 'cache'),
    exports: join(root, 'exports'),
    recordings: join(root, 'recordings'),
    masterKeyFile: join(root, 'master.key'),
    credentialsFile: join(root, 'credentials.json'),
    runtimeFile: join(root, 'runtime.json'),
    devEnvFile: join(root, 'dev.env'),
    demoMarker: join(root, 'demo-played'),
  };
  await mkdir(root, { recursive: true, mode: 0o711 });
  await chmod(root, 0o711);
  for (const directory of [state.logs, state.cache, state.exports, state.recordings])
    await mkdir(directory, { recursive: true, mode: 0o700 });
  return state;
}

/** Makes the key that seals secrets, once. */
export async function ensureMasterKey(file: string): Promise<void> {
  if ((await readTextIfThere(file)) !== undefined) return;
  await writePrivateFile(file, `${randomBytes(MASTER_KEY_BYTES).toString('base64')}\n`);
}

/** Writes a file that only its owner may read, all of it or nothing. */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** `undefined` when there is no such file; every other fault is thrown. */
export async function readTextIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

export async function removeFile(file: string): Promise<void> {
  await rm(file, { force: true });
}
