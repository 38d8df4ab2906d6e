import { execFile } from 'node:child_process';
import { chown, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makePrivateDirectory, type ClusterPlace } from './cluster-directory.ts';
import { ServiceError } from './service-error.ts';

const INITDB_TIMEOUT_MS = 120_000;

/**
 * Makes the data folder under another name and renames it when complete, so that a start cut short leaves no
 * half-made cluster. Throws `services.initdb-failed`.
 */
export async function initializeCluster(options: {
  initdb: string;
  place: ClusterPlace;
  password: string;
}): Promise<void> {
  const { place } = options;
  const fresh = `${place.cluster}.new`;
  const passwordFile = join(place.home, 'initdb-password');
  await rm(fresh, { recursive: true, force: true });
  await makePrivateDirectory(fresh, place.user);
  try {
    await writeFile(passwordFile, options.password, { mode: 0o600 });
    if (place.user) await chown(passwordFile, place.user.uid, place.user.gid);
    await runInitdb(options.initdb, fresh, passwordFile, place);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(fresh, place.cluster);
}

function runInitdb(
  initdb: string,
  directory: string,
  passwordFile: string,
  place: ClusterPlace,
): Promise<void> {
  const args = [
    `--pgdata=${directory}`,
    '--username=earshot',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ];
  const env = { LC_ALL: 'C', TZ: 'UTC' };
  return new Promise((resolve, reject) => {
    execFile(
      initdb,
      args,
      { ...place.user, cwd: place.home, env, timeout: INITDB_TIMEOUT_MS },
      (error, stdout, stderr) => {
        if (!error) return resolve();
        const output = `${stdout}${stderr}`.trim().split('\n').slice(-8).join('\n');
        reject(
          new ServiceError(
            'services.initdb-failed',
            `Cannot initialise PostgreSQL in ${directory}\n${output}`,
            {
              cause: error,
            },
          ),
        );
      },
    );
  });
}
