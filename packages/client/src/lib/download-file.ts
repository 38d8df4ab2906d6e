import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { EarshotApiError } from './earshot-api-error.ts';
import type { Fetch } from './try-once.ts';
import { within } from './within.ts';

export interface DownloadWith {
  readonly fetch: Fetch;
  /** A body of which nothing came for this long is given up. */
  readonly timeoutMs: number;
  readonly delay: (durationMs: number) => Promise<void>;
  /** Asks for the bytes from there on; the whole may come instead. */
  readonly requestFrom: (from: number) => Promise<Request>;
  /** Why an answer is none. One that is not retryable ends the download. */
  readonly failureOf: (response: Response) => Promise<EarshotApiError>;
  /** Ends the download with its reason; what is there is gone on with by the next. */
  readonly signal?: AbortSignal | undefined;
  /** Told the bytes that are there after each that came. */
  readonly onProgress?: (byteCount: number) => void;
}

export interface FileToDownload {
  readonly byteCount: number;
  /** `undefined` where nobody knows it: then only the length is checked. */
  readonly sha256: string | undefined;
}

const TRIES_MAX = 6;
const DELAY_MS = 500;

/**
 * Brings a file to a path, whose folder is made: what an earlier run left is gone on with, a file that is there already is
 * only checked. It has its name once its bytes are right.
 */
export async function downloadFile(file: FileToDownload, path: string, options: DownloadWith): Promise<void> {
  const { byteCount, sha256 } = file;
  const partial = `${path}.part`;
  const isRight = async (at: string): Promise<boolean> =>
    sha256 === undefined || (await sha256Of(at)) === sha256;
  if (sha256 !== undefined && (await sizeOf(path)) === byteCount && (await isRight(path))) return;
  await mkdir(dirname(path), { recursive: true });
  let problem: unknown;
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    if (tries > 0) await options.delay(DELAY_MS * tries);
    options.signal?.throwIfAborted();
    try {
      await fetchRest(partial, byteCount, options);
      if (await isRight(partial)) return await rename(partial, path);
      await rm(partial);
      problem = checksumError(path);
    } catch (error) {
      options.signal?.throwIfAborted();
      if (isFileError(error) || (error instanceof EarshotApiError && !error.retryable)) throw error;
      problem = error;
    }
  }
  if (problem instanceof EarshotApiError) throw problem;
  throw new EarshotApiError(`Cannot download ${basename(path)} in ${TRIES_MAX} tries`, {
    status: undefined,
    code: 'client.unreachable',
    requestId: undefined,
    retryable: true,
    cause: problem,
  });
}

async function fetchRest(partial: string, byteCount: number, options: DownloadWith): Promise<void> {
  const have = await sizeOf(partial);
  // A file of no bytes is asked for too: a day on which nobody spoke.
  if (have === byteCount) return;
  const from = have === undefined || have > byteCount ? 0 : have;
  const response = await options.fetch(await options.requestFrom(from));
  if (response.status !== 200 && response.status !== 206) throw await options.failureOf(response);
  const isRest = response.status === 206;
  await using handle = await open(partial, isRest ? 'r+' : 'w');
  let at = isRest ? from : 0;
  const reader = response.body?.getReader();
  const giveUp = (): void => void reader?.cancel().catch(() => undefined);
  options.signal?.addEventListener('abort', giveUp, { once: true });
  while (reader !== undefined) {
    const read = await within(reader.read(), options.timeoutMs, giveUp);
    if (read.done) break;
    await handle.write(read.value, 0, read.value.byteLength, at);
    at += read.value.byteLength;
    options.onProgress?.(at);
  }
  options.signal?.removeEventListener('abort', giveUp);
  await handle.truncate(at);
  await handle.sync();
  if (at !== byteCount) throw new Error(`The body ended after ${at} of ${byteCount} bytes`);
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

function checksumError(path: string): EarshotApiError {
  return badAnswer(`Cannot download ${basename(path)}: its bytes are not those that were announced`);
}

export function badAnswer(message: string): EarshotApiError {
  return new EarshotApiError(message, {
    status: undefined,
    code: 'client.bad-answer',
    requestId: undefined,
    retryable: false,
  });
}
