import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A body beyond this is refused with 413, so that a runaway sender cannot fill the memory. */
const BODY_BYTES_MAX = 1024 * 1024;
const WAIT_TIMEOUT_MS = 60_000;

export interface ReceivedRequest {
  method: string;
  /** With the query. */
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** Milliseconds since the Unix epoch when the body was complete. */
  receivedAt: number;
}

export interface ReceiverAnswer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}

export interface WebhookReceiverOptions {
  /** What every request is answered with. Default 200. */
  status?: number;
  /** Decides each answer instead; `index` counts requests from 0. A handler that never resolves plays a dead target. */
  handler?: (request: ReceivedRequest, index: number) => ReceiverAnswer | Promise<ReceiverAnswer>;
}

export interface WebhookReceiver {
  url: string;
  /** In order of arrival; grows. */
  requests: readonly ReceivedRequest[];
  /** Resolves with the requests once `count` have come; rejects after `timeoutMs` (default 60,000). */
  waitFor(count: number, options?: { timeoutMs?: number }): Promise<readonly ReceivedRequest[]>;
  /** Cuts open connections. */
  close(): Promise<void>;
}

/** Starts an HTTP server on 127.0.0.1 that keeps every request it gets. */
export async function startWebhookReceiver(options: WebhookReceiverOptions = {}): Promise<WebhookReceiver> {
  const requests: ReceivedRequest[] = [];
  const waiters = new Set<() => void>();
  const server = createServer((incoming, response) => {
    void receive(incoming, response);
  });

  async function receive(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(incoming).catch(() => undefined);
    if (body === undefined) {
      response.writeHead(413).end();
      return;
    }
    const request = toReceived(incoming, body);
    const index = requests.push(request) - 1;
    for (const wake of waiters) wake();
    const answer = await answerFor(options, request, index);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    waitFor: (count, { timeoutMs = WAIT_TIMEOUT_MS } = {}) =>
      new Promise((resolve, reject) => {
        const wake = (): void => {
          if (requests.length < count) return;
          clearTimeout(timer);
          waiters.delete(wake);
          resolve(requests);
        };
        const timer = setTimeout(() => {
          waiters.delete(wake);
          reject(new Error(`Cannot see ${count} requests: ${requests.length} came within ${timeoutMs} ms`));
        }, timeoutMs);
        waiters.add(wake);
        wake();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answerFor(
  options: WebhookReceiverOptions,
  request: ReceivedRequest,
  index: number,
): Promise<ReceiverAnswer> {
  if (!options.handler) return { status: options.status ?? 200 };
  try {
    return await options.handler(request, index);
  } catch (error) {
    return { status: 500, body: `The test's handler failed: ${String(error)}` };
  }
}

function toReceived(incoming: IncomingMessage, body: string): ReceivedRequest {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { method: incoming.method ?? '', path: incoming.url ?? '', headers, body, receivedAt: Date.now() };
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new Error(`Cannot read body: more than ${BODY_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function listen(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('Cannot listen: no address'));
      else resolve(address.port);
    });
  });
}
