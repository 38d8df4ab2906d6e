import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { systemClock, type Clock } from '@earshot/domain';
import { passThrough, type EmulatedCall, type Intercept } from './emulated-call.ts';
import { readJsonBody } from './json-input.ts';
import { invalidArgument, KvsError } from './kvs-error.ts';
import { getMedia } from './operations/get-media.ts';
import { listFragments } from './operations/list-fragments.ts';
import { putMedia, putMediaInput } from './operations/put-media.ts';
import {
  createStream,
  deleteStream,
  describeStream,
  getDataEndpoint,
  listStreams,
} from './operations/stream-administration.ts';
import { errorReply, sendReply, type Reply } from './reply.ts';
import { StreamRegistry } from './stream-registry.ts';
import type { IdentityPosition } from './video-stream.ts';

export interface KvsEmulatorOptions {
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Appears in stream ARNs. Default `us-east-1`. */
  readonly region?: string;
  /** Appears in stream ARNs. Default `123456789012`. */
  readonly accountId?: string;
  /** Where identity tags stand in streams created without the tag `earshot:identity`. Default `both`. */
  readonly identity?: IdentityPosition;
  /** PCM kept per stream, bytes; the oldest fragments go first. Default 200 MB (209715200 bytes). */
  readonly retentionBytesMax?: number;
  /** Streams that may exist at once; more are refused with AccountStreamLimitExceededException. Default 5000. */
  readonly streamCountMax?: number;
  /** A GetMedia body ends after this long without media. Default 30 s. */
  readonly idleMsMax?: number;
  /** A GetMedia body ends after this long. Default 45 min. */
  readonly sessionMsMax?: number;
  /** On close, answers under way get this long to end before they are cut. Default 1 s. */
  readonly drainMsMax?: number;
  readonly clock?: Clock;
  /** Sees every request and its reply: where faults come in. Default: passes everything through. */
  readonly intercept?: Intercept;
}

export interface KvsEmulator {
  /** `http://host:port`, for `endpoint` of the SDK clients. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

const SECOND_MS = 1000;
const MIB = 1024 * 1024;

type Serve = (call: EmulatedCall) => Reply;

/** Starts an emulator of Kinesis Video Streams. Rejects when the port is taken. */
export async function startKvsEmulator(options: KvsEmulatorOptions = {}): Promise<KvsEmulator> {
  const { host = '127.0.0.1', drainMsMax = SECOND_MS, intercept = passThrough } = options;
  const operations = emulatedOperations(options);
  const closing = new AbortController();
  const server = createServer((request, response) => {
    void answer(request, response, operations, intercept, closing.signal);
  });
  // A producer sends one request for as long as its call lasts.
  server.requestTimeout = 0;
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const close = async (): Promise<void> => {
    closing.abort();
    const drained = setTimeout(() => server.closeAllConnections(), drainMsMax);
    await new Promise<void>((resolve) => server.close(() => resolve()));
    clearTimeout(drained);
  };
  return { url: `http://${host}:${port}`, port, close };
}

/** Operation names by path; the table of what is emulated. */
function emulatedOperations(options: KvsEmulatorOptions): ReadonlyMap<string, Serve> {
  const {
    region = 'us-east-1',
    accountId = '123456789012',
    identity = 'both',
    clock = systemClock,
  } = options;
  const { retentionBytesMax = 200 * MIB, streamCountMax = 5000 } = options;
  const { idleMsMax = 30 * SECOND_MS, sessionMsMax = 45 * 60 * SECOND_MS } = options;
  const streams = new StreamRegistry({ region, accountId, clock, retentionBytesMax, streamCountMax });
  return new Map<string, Serve>([
    ['createStream', ({ input }) => createStream(streams, input, identity)],
    ['describeStream', ({ input }) => describeStream(streams, input)],
    ['listStreams', ({ input }) => listStreams(streams, input)],
    ['deleteStream', ({ input }) => deleteStream(streams, input)],
    [
      'getDataEndpoint',
      ({ input, headers }) => getDataEndpoint(streams, input, `http://${headers.host ?? ''}`),
    ],
    ['listFragments', ({ input }) => listFragments(streams, input, clock)],
    ['putMedia', (call) => putMedia(streams, call)],
    ['getMedia', (call) => getMedia(streams, call, { idleMsMax, sessionMsMax, clock })],
  ]);
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  operations: ReadonlyMap<string, Serve>,
  intercept: Intercept,
  closing: AbortSignal,
): Promise<void> {
  const over = new AbortController();
  response.once('close', () => over.abort());
  const close = (): void => over.abort();
  closing.addEventListener('abort', close, { once: true });
  try {
    const reply = await replyTo(request, operations, intercept, over.signal).catch(errorReply);
    await sendReply(reply, response);
  } catch {
    // The client went away, or the body ended itself with an error: either way the connection is cut.
    response.destroy();
  } finally {
    closing.removeEventListener('abort', close);
  }
}

async function replyTo(
  request: IncomingMessage,
  operations: ReadonlyMap<string, Serve>,
  intercept: Intercept,
  signal: AbortSignal,
): Promise<Reply> {
  const path = (request.url ?? '/').slice(1);
  const serve = operations.get(path);
  if (request.method !== 'POST' || serve === undefined) {
    throw new KvsError(404, 'UnknownOperationException', `Cannot serve ${request.method ?? ''} /${path}`);
  }
  const operation = path.charAt(0).toUpperCase() + path.slice(1);
  const isProducer = operation === 'PutMedia';
  const input = isProducer ? putMediaInput(request.headers) : await readJsonBody(request);
  if (signal.aborted) throw invalidArgument('Cannot serve: the emulator closes');
  const call: EmulatedCall = {
    operation,
    headers: request.headers,
    input,
    body: isProducer ? request : noBytes(),
    signal,
  };
  return intercept(call, () => Promise.resolve(serve(call)));
}

async function* noBytes(): AsyncGenerator<Uint8Array, void, undefined> {}
