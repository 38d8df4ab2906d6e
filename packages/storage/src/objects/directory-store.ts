import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, rmdir, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { keyParts, objectError } from './object-error.ts';
import type { ObjectStore } from './object-store.ts';

const OPEN_TRIES_MAX = 3;
/** Not empty, or somebody else was first. */
const LEFT: ReadonlySet<string> = new Set(['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR', 'EBUSY']);
const MODE_FILE = 0o600;
const MODE_FOLDER = 0o700;

/** Objects as files under a folder, which is made where it is missing. Only its owner may read them. */
export function createDirectoryStore(root: string): ObjectStore {
  const pathOf = (key: string): string => join(root, ...keyParts(key));
  return {
    async put(key, chunks) {
      const path = pathOf(key);
      const partial = join(dirname(path), `partial-${randomUUID()}`);
      try {
        await using handle = await openNew(partial);
        for await (const chunk of chunks) await handle.appendFile(chunk);
        await handle.sync();
        await rename(partial, path);
      } catch (error) {
        await rm(partial, { force: true });
        throw isFileError(error) ? objectError('write', key, error) : error;
      }
      await syncFolder(dirname(path));
    },
    async open(key, range) {
      const handle = await open(pathOf(key), 'r').catch((error: unknown) => {
        if (isAbsent(error)) return undefined;
        throw objectError('read', key, error);
      });
      if (handle === undefined) return undefined;
      const { size: byteCount } = await handle.stat();
      const file = handle.createReadStream(range === undefined ? {} : { start: range.from, end: range.to });
      return { byteCount, stream: webStream(file) };
    },
    async list(folder) {
      const [path, prefix] = [pathOf(folder), join(root, '.').length + 1];
      try {
        return (await filesBelow(path)).map((file) => file.slice(prefix)).toSorted();
      } catch (error) {
        throw objectError('list', folder, error);
      }
    },
    async listFolders(folder) {
      const path = pathOf(folder);
      const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
        if (isAbsent(error)) return [];
        throw objectError('list', folder, error);
      });
      return entries
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .toSorted();
    },
    async delete(keys) {
      for (const key of keys) {
        const path = pathOf(key);
        try {
          await rm(path, { force: true });
          await removeEmpty(dirname(path), root);
        } catch (error) {
          throw objectError('delete', key, error);
        }
      }
    },
  };
}

/** A folder that somebody empties meanwhile is gone; what is in the others is there. */
async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    if (isAbsent(error)) return [];
    throw error;
  });
  const paths: string[] = [];
  for (const entry of entries) {
    const below = join(path, entry.name);
    if (entry.isDirectory()) paths.push(...(await filesBelow(below)));
    else if (entry.isFile()) paths.push(below);
  }
  return paths;
}

/** A folder that was made may be gone again before there is a file in it: its last file was deleted just then. */
async function openNew(path: string): Promise<FileHandle> {
  for (let tries = 1; ; tries += 1) {
    await mkdir(dirname(path), { recursive: true, mode: MODE_FOLDER });
    try {
      return await open(path, 'wx', MODE_FILE);
    } catch (error) {
      if (!isAbsent(error) || tries >= OPEN_TRIES_MAX) throw error;
    }
  }
}

/** A folder is no object, but its name says what was in it. Stops below `root`. */
async function removeEmpty(folder: string, root: string): Promise<void> {
  for (let path = folder; path.length > join(root, '.').length; path = dirname(path)) {
    try {
      await rmdir(path);
    } catch (error) {
      if (isFileError(error) && LEFT.has(error.code ?? '')) return;
      throw error;
    }
  }
}

/** So that the name survives a power cut, not only the bytes. */
async function syncFolder(path: string): Promise<void> {
  await using handle = await open(path, 'r');
  await handle.sync();
}

/** Node's own types of a web stream and those of the language are the same thing under two names. */
function webStream(file: Readable): ReadableStream<Uint8Array> {
  return Readable.toWeb(file) as ReadableStream<Uint8Array>;
}

function isAbsent(error: unknown): boolean {
  return isFileError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
