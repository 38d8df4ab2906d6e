import { readFile } from 'node:fs/promises';
import { CliError } from './verb.ts';

/** @throws CliError naming the file */
export async function readTextFile(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch(() => {
    throw new CliError(`Cannot read ${path}: there is no such file, or it may not be read`);
  });
}
