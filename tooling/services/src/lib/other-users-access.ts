import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** The `x` bit for users that are neither owner nor in the group. */
const OTHERS_ENTER = 0o001;
const OTHERS_READ = 0o004;

/** True when any user may walk down to `path`: each folder above it, and the path itself if it is a folder. */
export async function isReachableByOthers(path: string): Promise<boolean> {
  let current = resolve(path);
  for (;;) {
    const found = await stat(current).catch(() => undefined);
    // A folder that is not there yet gets made with the mode we want.
    if (found?.isDirectory() && (found.mode & OTHERS_ENTER) === 0) return false;
    const parent = dirname(current);
    if (parent === current) return true;
    current = parent;
  }
}

/** True when any user may read the file. */
export async function isReadableByOthers(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && (found.mode & OTHERS_READ) !== 0 && (await isReachableByOthers(file));
}
