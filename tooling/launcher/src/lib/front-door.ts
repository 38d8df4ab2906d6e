import { randomUUID } from 'node:crypto';
import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import { pipeline } from 'node:stream/promises';
import { appForTarget, type AppName } from './front-door-routes.ts';
import { LauncherError } from './launcher-error.ts';

/** Headers that belong to one connection and are not handed on (RFC 9110, section 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export interface FrontDoor {
  baseUrl: string;
  /** Stops listening and cuts what is left open. May be called again. */
  close(): Promise<void>;
}

/**
 * One origin for all apps in development: hands each request to the app that answers its path, both bodies as
 * streams, so that live answers arrive as they are written.
 * Throws `LauncherError` when the port is taken.
 */
export async function openFrontDoor(options: {
  port: number;
  /** The port an app listens on at the moment; `undefined` while it is down. */
  portOf: (app: AppName) => number | undefined;
}): Promise<FrontDoor> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => {
    void handOn(incoming, outgoing, options.portOf, agent);
  });
  // A live answer stays open for as long as the call lasts.
  server.requestTimeout = 0;
  const port = await listen(server, options.port);
  let closing: Promise<void> | undefined;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    close: () => (closing ??= closeDoor(server, agent)),
  };
}

async function closeDoor(server: Server, agent: Agent): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeAllConnections();
  await closed;
  agent.destroy();
}

async function handOn(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  portOf: (app: AppName) => number | undefined,
  agent: Agent,
): Promise<void> {
  const target = incoming.url ?? '/';
  const app = appForTarget(target);
  const port = portOf(app);
  if (port === undefined) {
    refuse(incoming, outgoing, 503, `The ${app} app is not running`);
    return;
  }
  try {
    const answer = await send(incoming, outgoing, { port, target, agent });
    outgoing.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
    // An answer whose first event is minutes away must not look like no answer.
    outgoing.flushHeaders();
    await pipeline(answer, outgoing);
  } catch {
    // Either side went away. The caller still listens only when no header was sent yet.
    refuse(incoming, outgoing, 502, `The ${app} app closed the connection`);
  }
}

function send(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  to: { port: number; target: string; agent: Agent },
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const upstream = httpRequest({
      host: '127.0.0.1',
      port: to.port,
      path: to.target,
      method: incoming.method,
      headers: { ...endToEnd(incoming.headers), 'x-forwarded-for': incoming.socket.remoteAddress ?? '' },
      agent: to.agent,
    });
    upstream.once('response', resolve);
    upstream.on('error', reject);
    pipeline(incoming, upstream).catch(reject);
    // A caller who hangs up while the app is still thinking. Not on the socket: that outlives the request.
    outgoing.once('close', () => {
      if (!outgoing.writableFinished) upstream.destroy();
    });
  });
}

function endToEnd(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const named = new Set((headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()));
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name) && !named.has(name)),
  );
}

function refuse(incoming: IncomingMessage, outgoing: ServerResponse, status: number, message: string): void {
  if (outgoing.headersSent) {
    outgoing.destroy();
    return;
  }
  incoming.resume();
  const body = { error: { requestId: randomUUID(), message, code: `${status}-01` } };
  outgoing.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  outgoing.end(JSON.stringify(body));
}

async function listen(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen({ port, host: '127.0.0.1' }, resolve);
  try {
    await promise;
  } catch (cause) {
    const isTaken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
    const another = `EARSHOT_PORT=${isTaken && port < 65_535 ? port + 1 : 8090} npm start`;
    throw new LauncherError(
      `Cannot listen on 127.0.0.1:${port}: ${isTaken ? 'the port is taken' : String(cause)}`,
      isTaken
        ? `Stop what uses the port, or choose another one: ${another}`
        : `Choose another port: ${another}`,
      cause,
    );
  }
  const address = server.address();
  return address === null || typeof address === 'string' ? port : address.port;
}
