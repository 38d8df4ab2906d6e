import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportFile } from '@earshot/api';
import { EarshotApiError } from './earshot-api-error.ts';
import type { Fetch } from './try-once.ts';

export interface DownloadWith {
  readonly fetch: Fetch;
  /** A body of which nothing came for this long is given up. */
  readonly timeoutMs: number;
  readonly delay: (durationMs: number) => Promise<void>;
  /** A fresh address of the file, which expires. */
  readonly addressOf: () => Promise<string>;
}

const TRIES_MAX = 6;
const DELAY_MS = 500;

/**
 * Brings a file into a folder: what an earlier run left is gone on with, a file that is there already is only checked.
 * It has its name once its bytes are those of the manifest.
 */
export async function downloadFile(
  { fileName, byteCount, sha256 }: ExportFile,
  directory: string,
  options: DownloadWith,
): Promise<string> {
  if (!/^\w[\w.=-]{0,199}$/.test(fileName))
    throw badAnswer('Cannot save a file under the name in the answer');
  const path = join(directory, fileName);
  const partial = `${path}.part`;
  if ((await sizeOf(path)) === byteCount && (await sha256Of(path)) === sha256) return path;
  await mkdir(directory, { recursive: true });
  let problem: unknown;
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    if (tries > 0) await options.delay(DELAY_MS * tries);
    try {
      await fetchRest(partial, byteCount, options);
      if ((await sha256Of(partial)) === sha256) {
        await rename(partial, path);
        return path;
      }
      await rm(partial);
      problem = checksumError(fileName);
    } catch (error) {
      if (isFileError(error) || (error instanceof EarshotApiError && !error.retryable)) throw error;
      problem = error;
    }
  }
  if (problem instanceof EarshotApiError) throw problem;
  throw new EarshotApiError(`Cannot download ${fileName} in ${TRIES_MAX} tries`, {
    status: undefined,
    code: 'client.unreachable',
    requestId: undefined,
    retryable: true,
    cause: problem,
  });
}

async function fetchRest(partial: string, byteCount: number, options: DownloadWith): Promise<void> {
  const have = (await sizeOf(partial)) ?? 0;
  const from = have > byteCount ? 0 : have;
  if (from === byteCount && have === byteCount) return;
  const url = await options.addressOf();
  const request = new Request(url, from > 0 ? { headers: { range: `bytes=${from}-` } } : {});
  const response = await options.fetch(request);
  if (response.status !== 200 && response.status !== 206) throw statusError(response.status);
  const isRest = response.status === 206;
  await using handle = await open(partial, isRest ? 'r+' : 'w');
  let at = isRest ? from : 0;
  const reader = response.body?.getReader();
  while (reader !== undefined) {
    const read = await within(
      reader.read(),
      options.timeoutMs,
      () => void reader.cancel().catch(() => undefined),
    );
    if (read.done) break;
    await handle.write(read.value, 0, read.value.byteLength, at);
    at += read.value.byteLength;
  }
  await handle.truncate(at);
  await handle.sync();
  if (at < byteCount) throw new Error(`The body ended after ${at} of ${byteCount} bytes`);
}

/** Not by an abort signal: `fetch` holds on to it weakly, and a body under way may then never end. */
async function within<T>(pending: Promise<T>, timeoutMs: number, giveUp: () => void): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error(`No byte came for ${timeoutMs} ms`));
    giveUp();
  }, timeoutMs);
  try {
    return await Promise.race([pending, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isFileError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'path' in error;
}

function checksumError(fileName: string): EarshotApiError {
  return badAnswer(`Cannot download ${fileName}: its bytes are not those of the manifest`);
}

function badAnswer(message: string): EarshotApiError {
  return new EarshotApiError(message, {
    status: undefined,
    code: 'client.bad-answer',
    requestId: undefined,
    retryable: false,
  });
}

function statusError(status: number): EarshotApiError {
  return new EarshotApiError(`Cannot download the file: the answer has status ${status}`, {
    status,
    code: 'client.bad-answer',
    requestId: undefined,
    // 403: the address expired; 404 and 416: the file was replaced. A fresh address may do.
    retryable: true,
  });
}
