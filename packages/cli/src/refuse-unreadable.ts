import { access, constants, stat } from 'node:fs/promises';
import { CliError } from './verb.ts';

/** For files that are read as they are wanted. @throws CliError naming the file */
export async function refuseUnreadable(file: string): Promise<void> {
  await access(file, constants.R_OK).catch(() => {
    throw new CliError(`Cannot read ${file}: there is no such file, or it may not be read`);
  });
  if ((await stat(file)).isDirectory()) throw new CliError(`Cannot read ${file}: it is a folder`);
}
