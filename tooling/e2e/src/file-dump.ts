import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { RunningSystem } from './running-system.ts';
import { dumpDatabase, dumpRedis, type KeptText } from './store-dump.ts';

/** Read in a way of their own, or made of no words that anybody spoke. */
const NO_OBJECTS = new Set(['postgres', 'redis', 'logs', 'cache']);
const PARTIAL = /\/partial-[0-9a-f-]+$/;

/** Tables, queues, logs and objects: all that a system keeps. */
export async function dumpSystem(system: RunningSystem): Promise<KeptText[]> {
  return [
    ...(await system.readLogs()),
    ...(await dumpDatabase(system.databaseUrl)),
    ...(system.redisUrl === undefined ? [] : await dumpRedis(system.redisUrl)),
    ...(await dumpObjects(system.state.root)),
  ];
}

/** Every file below a state directory that the object stores may have there; Parquet as rows, since its pages are compressed. */
export async function dumpObjects(root: string): Promise<KeptText[]> {
  const folders = (await readdir(root)).filter((name) => !NO_OBJECTS.has(name));
  const duckdb = await DuckDBInstance.create(':memory:');
  const connection = await duckdb.connect();
  const rowsOf = async (path: string): Promise<string> =>
    (await connection.runAndReadAll(`select to_json(t)::text from read_parquet('${path}') t`))
      .getRows()
      .join('\n');
  const dumps: KeptText[] = [];
  try {
    for (const folder of folders) {
      for (const path of await filesBelow(join(root, folder))) {
        // A build under way renames what it has written.
        if (PARTIAL.test(path)) continue;
        const text = path.endsWith('.parquet') ? await rowsOf(path) : await readFile(path, 'utf8');
        dumps.push({ name: path.slice(root.length + 1), text });
      }
    }
  } finally {
    connection.closeSync();
    duckdb.closeSync();
  }
  return dumps;
}

async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (entries === undefined) return [path];
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}
