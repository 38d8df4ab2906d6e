import { createHash } from 'node:crypto';
import type { GetRecordingQuery } from '@earshot/api';
import { badAnswer } from './download-file.ts';
import { EarshotApiError } from './earshot-api-error.ts';
import { recordingFailure, recordingRequest, type RecordingConnection } from './recording-request.ts';
import { within } from './within.ts';

/** Bytes `from` to `to`, both included; `to` absent: to the end. */
export interface RecordingRange {
  readonly from: number;
  readonly to?: number;
}

/** Bytes as they come. */
export interface RecordingBytes {
  readonly contentType: string;
  /** Of what follows. */
  readonly byteCount: number;
  /** Of the whole file. */
  readonly totalByteCount: number;
  readonly etag: string;
  /** To be read once. Rejects with `client.bad-answer` where the whole `mkv` has another sha256 than was announced. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

const FRUITLESS_TRIES_MAX = 5;
const DELAY_MS = 500;

/**
 * A recording as a stream that goes on where its connection broke; after five connections in a row that brought nothing the
 * last failure is thrown. What is not read is not sent.
 */
export async function readRecording(
  connection: RecordingConnection,
  guid: string,
  { range, ...query }: GetRecordingQuery & { readonly range?: RecordingRange },
): Promise<RecordingBytes> {
  const from = range?.from ?? 0;
  const first = await ask(connection, guid, query, range && { range: headerOf(range), etag: undefined });
  const etag = first.headers.get('etag') ?? '';
  const byteCount = Number(first.headers.get('content-length'));
  const total = /\/(\d+)$/.exec(first.headers.get('content-range') ?? '')?.[1];
  const isWhole = first.status === 200;
  if (!isWhole && total === undefined)
    throw badAnswer('Cannot read the recording: the answer tells no range');
  const start = isWhole ? 0 : from;
  const open = (at: number): Promise<Response> =>
    ask(connection, guid, query, { range: `bytes=${start + at}-${start + byteCount - 1}`, etag });
  const chunks = resumed(connection, first, byteCount, open);
  return {
    contentType: first.headers.get('content-type') ?? '',
    byteCount,
    totalByteCount: total === undefined ? byteCount : Number(total),
    etag,
    bytes: isWhole ? checked(chunks, etag) : chunks,
  };
}

async function ask(connection: RecordingConnection, ...what: Tail<Parameters<typeof recordingRequest>>) {
  const asked = connection.fetch(recordingRequest(connection, ...what));
  const response = await within(asked, connection.timeoutMs, () => undefined).catch((cause: unknown) => {
    throw unreachable(cause);
  });
  if (response.status !== 200 && response.status !== 206) throw await recordingFailure(response);
  return response;
}

type Tail<T extends readonly unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never;

async function* resumed(
  { timeoutMs, delay }: RecordingConnection,
  first: Response,
  byteCount: number,
  open: (at: number) => Promise<Response>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let at = 0;
  let fruitlessTries = 0;
  for (let response: Response | undefined = first; at < byteCount; response = undefined) {
    let problem: unknown;
    try {
      response ??= await open(at);
      if (response !== first && response.status !== 206)
        throw badAnswer('Cannot go on: the recording is another one');
      for await (const chunk of chunksOf(response, timeoutMs)) {
        fruitlessTries = 0;
        at += chunk.byteLength;
        yield chunk;
      }
    } catch (error) {
      if (error instanceof EarshotApiError && !error.retryable) throw error;
      problem = error;
    }
    if (at >= byteCount) return;
    fruitlessTries += 1;
    if (fruitlessTries >= FRUITLESS_TRIES_MAX) throw unreachable(problem);
    await delay(DELAY_MS * fruitlessTries);
  }
}

async function* chunksOf(response: Response, timeoutMs: number): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  const giveUp = (): void => void reader.cancel().catch(() => undefined);
  try {
    for (;;) {
      const read = await within(reader.read(), timeoutMs, giveUp);
      if (read.done) return;
      yield read.value;
    }
  } finally {
    giveUp();
  }
}

/** The tag of the whole `mkv` is its checksum; that of another file is none. */
async function* checked(
  chunks: AsyncIterable<Uint8Array>,
  etag: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const want = /^"([0-9a-f]{64})"$/.exec(etag)?.[1];
  const hash = createHash('sha256');
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
  if (want !== undefined && hash.digest('hex') !== want) {
    throw badAnswer('Cannot read the recording: its bytes are not those that were announced');
  }
}

function headerOf({ from, to }: RecordingRange): string {
  return `bytes=${from}-${to ?? ''}`;
}

function unreachable(cause: unknown): EarshotApiError {
  const message = 'Cannot read the recording: the server cannot be reached or breaks off';
  const code = 'client.unreachable';
  return new EarshotApiError(message, {
    status: undefined,
    code,
    requestId: undefined,
    retryable: true,
    cause,
  });
}
