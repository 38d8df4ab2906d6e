import { createWriteStream } from 'node:fs';
import { rename, stat } from 'node:fs/promises';
import { once } from 'node:events';

/** A longer log is put aside at the next start, under the name with `.1`. */
const LOG_BYTES_MAX = 20 * 1024 * 1024;

export interface LogFile {
  path: string;
  write(line: string): void;
  close(): Promise<void>;
}

/** Opens a log that lines are added to. */
export async function openLogFile(path: string): Promise<LogFile> {
  const known = await stat(path).catch(() => undefined);
  if (known !== undefined && known.size > LOG_BYTES_MAX) await rename(path, `${path}.1`);
  const stream = createWriteStream(path, { flags: 'a', mode: 0o600 });
  let fault: Error | undefined;
  stream.on('error', (error) => {
    // A full disk must not end the system; `close` reports it.
    fault = error;
  });
  await once(stream, 'open');
  return {
    path,
    write: (line) => {
      if (fault === undefined) stream.write(`${line}\n`);
    },
    close: async () => {
      if (fault === undefined) {
        stream.end();
        await once(stream, 'close');
      }
      if (fault !== undefined) throw fault;
    },
  };
}
