import { createAdaptorServer } from '@hono/node-server';
import { AppError } from '@earshot/domain';
import { Server, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ServeOptions {
  /** Address to listen on. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** How long `close` waits for answers under way before it cuts their connections. Default 10 000 ms. */
  readonly drainMs?: number;
}

export interface RunningServer {
  readonly port: number;
  /** Stops listening, lets requests under way finish, then cuts what is left. May be called more than once. */
  close(): Promise<void>;
}

const DRAIN_MS = 10_000;
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than the idle limit of the usual load balancers (60 s), so that they close first. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

/** What `serve` needs of a Hono app. */
export interface Fetchable {
  /** `env` holds the server's own request and answer. */
  fetch(request: Request, env?: object): Response | Promise<Response>;
}

/** @throws AppError `http.listen-failed` when the address cannot be had. */
export async function serve(app: Fetchable, options: ServeOptions): Promise<RunningServer> {
  const { host, port, drainMs = DRAIN_MS } = options;
  const server = createAdaptorServer({
    fetch: (request, env) => app.fetch(request, env),
    serverOptions: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    },
  });
  if (!(server instanceof Server)) throw new Error('Cannot serve: expected an HTTP/1.1 server');
  const drain = createDrain(server, drainMs);
  const address = await listen(server, host, port);
  let closing: Promise<void> | undefined;
  return {
    port: address.port,
    close: () => (closing ??= drain()),
  };
}

async function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, host, resolve);
  try {
    await promise;
  } catch (cause) {
    const message = `Cannot listen on ${host}:${port}`;
    throw new AppError('http.listen-failed', message, { retryable: false, cause });
  } finally {
    server.off('error', reject);
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Cannot read the address listened on');
  return address;
}

/**
 * Closes the server in an orderly way. A connection whose request is still being answered is told to end with that
 * answer: left open for reuse, it would hold `close` up until its idle timeout.
 */
function createDrain(server: Server, drainMs: number): () => Promise<void> {
  const underWay = new Set<ServerResponse>();
  let draining = false;
  server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    if (draining) response.setHeader('connection', 'close');
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
  });
  return async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    draining = true;
    for (const response of underWay) if (!response.headersSent) response.setHeader('connection', 'close');
    const timer = setTimeout(() => server.closeAllConnections(), drainMs);
    server.close(() => resolve());
    server.closeIdleConnections();
    await promise;
    clearTimeout(timer);
  };
}
