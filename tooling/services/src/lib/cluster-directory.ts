import { chmod, chown, lstat, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isReachableByOthers } from './other-users-access.ts';
import type { ProcessUser } from './run-process.ts';
import { ServiceError } from './service-error.ts';
import { sharedHomeFor } from './shared-home.ts';

export interface ClusterPlace {
  /** A folder the server's user may enter; the cluster is `cluster` inside it. */
  home: string;
  cluster: string;
  /** Who must run the server; absent = we ourselves. */
  user: ProcessUser | undefined;
}

/**
 * Decides where the data of `directory` lies and who serves it. PostgreSQL refuses root, so as root the data
 * belongs to `fallbackUser`; where that user cannot enter `directory`, the data goes below /var/tmp and a file
 * in `directory` says where.
 * Throws `services.directory-not-ours` when the data belong to a user we cannot become.
 */
export async function chooseClusterPlace(
  directory: string,
  fallbackUser: ProcessUser | undefined,
  log: (line: string) => void,
): Promise<ClusterPlace> {
  const wanted = resolve(directory);
  await mkdir(wanted, { recursive: true, mode: 0o711 });
  if (!fallbackUser) {
    await refuseForeignCluster(join(wanted, 'cluster'));
    return { home: wanted, cluster: join(wanted, 'cluster'), user: undefined };
  }
  await chmod(wanted, 0o711);
  const home = (await isReachableByOthers(wanted)) ? wanted : await readableHome(wanted, log);
  const cluster = join(home, 'cluster');
  return { home, cluster, user: (await ownerOf(cluster)) ?? fallbackUser };
}

async function readableHome(wanted: string, log: (line: string) => void): Promise<string> {
  const home = await sharedHomeFor(wanted);
  log(`PostgreSQL may not run as root and user nobody cannot enter ${wanted}: its data are in ${home}`);
  return home;
}

/** A cluster made by an ordinary user keeps that user when root starts it. */
async function ownerOf(cluster: string): Promise<ProcessUser | undefined> {
  const found = await lstat(cluster).catch(() => undefined);
  return found === undefined || found.uid === 0 ? undefined : { uid: found.uid, gid: found.gid };
}

async function refuseForeignCluster(cluster: string): Promise<void> {
  const owner = (await lstat(cluster).catch(() => undefined))?.uid;
  if (owner === undefined || owner === process.getuid?.()) return;
  throw new ServiceError(
    'services.directory-not-ours',
    `Cannot use ${cluster}: it belongs to user ${owner}; start as root, or remove it to begin anew`,
  );
}

/** Makes an empty private folder that belongs to the server's user. */
export async function makePrivateDirectory(path: string, user: ProcessUser | undefined): Promise<void> {
  await mkdir(path, { mode: 0o700 });
  if (user) await chown(path, user.uid, user.gid);
}
