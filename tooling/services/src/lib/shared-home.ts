import { randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from './process-identity.ts';
import { ServiceError } from './service-error.ts';

/** Survives a reboot, and every user may walk into it. */
export const SHARED_DIRECTORY = '/var/tmp';
const HOME_NAME = /^earshot-[0-9a-f]{16}$/;
/** In the wanted directory: the place of its data. In that place: the wanted directory. */
const POINTER_FILE = 'cluster-path';
const ORIGIN_FILE = 'origin';

/**
 * A folder outside `wanted` that any user may enter, for data that cannot lie in it; the same one at every start.
 * Removes such folders whose directory is gone.
 * Throws `services.directory-not-ours` when somebody else owns the folder.
 */
export async function sharedHomeFor(wanted: string, shared: string = SHARED_DIRECTORY): Promise<string> {
  const known = await readLine(join(wanted, POINTER_FILE));
  if (known !== '' && (await belongsTo(known, wanted))) {
    await openHome(known, wanted);
    return known;
  }
  await removeOrphans(shared);
  const home = join(shared, `earshot-${randomBytes(8).toString('hex')}`);
  await writeFile(join(wanted, POINTER_FILE), `${home}\n`, { mode: 0o600 });
  await openHome(home, wanted);
  return home;
}

/** A copied checkout must not share its data with the one it was copied from; a moved one keeps them. */
async function belongsTo(home: string, wanted: string): Promise<boolean> {
  const origin = await readLine(join(home, ORIGIN_FILE));
  if (origin === '' || origin === wanted) return true;
  return (await readLine(join(origin, POINTER_FILE))) !== home;
}

async function openHome(home: string, wanted: string): Promise<void> {
  await mkdir(home, { recursive: true, mode: 0o711 });
  const found = await lstat(home);
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new ServiceError(
      'services.directory-not-ours',
      `Cannot keep data in ${home}: it belongs to user ${found.uid}; remove ${join(wanted, POINTER_FILE)} to choose another place`,
    );
  }
  await chmod(home, 0o711);
  await writeFile(join(home, ORIGIN_FILE), `${wanted}\n`, { mode: 0o600 });
}

async function removeOrphans(shared: string): Promise<void> {
  for (const name of await readdir(shared)) {
    if (HOME_NAME.test(name) && (await isOrphan(join(shared, name)))) {
      await rm(join(shared, name), { recursive: true, force: true });
    }
  }
}

async function isOrphan(home: string): Promise<boolean> {
  const found = await lstat(home).catch(() => undefined);
  if (!found?.isDirectory() || found.uid !== process.getuid?.()) return false;
  const origin = await readLine(join(home, ORIGIN_FILE));
  if (origin === '' || (await readLine(join(origin, POINTER_FILE))) === home) return false;
  const pid = Number(await readLine(join(home, 'cluster', 'postmaster.pid')));
  return !(pid > 0 && isAlive(pid));
}

/** The first line of a small file; empty when it is not there. */
async function readLine(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n', 1).join('').trim();
}
