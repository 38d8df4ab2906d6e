import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { SecureContextOptions, TLSSocket, TlsOptions } from 'node:tls';
import { accept, type Behaviour } from './behaviours.ts';
import { listenOnLoopback } from './listen-on-loopback.ts';

const BODY_BYTES_MAX = 1024 * 1024;

/** A request that came all the way through, its body read. */
export interface HostileRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Subject of the client's certificate, for example `CN=Client`; absent without one. */
  readonly clientSubject: string | undefined;
}

export interface HostileReceiverOptions {
  /** Default: accepts. */
  readonly behave?: Behaviour;
  /** With it the target speaks TLS, and is named `https://localhost`. */
  readonly tls?: TlsOptions;
}

export interface HostileReceiver {
  readonly url: string;
  readonly port: number;
  readonly requests: readonly HostileRequest[];
  /** TCP connections taken, also those over which no request came. */
  readonly connectionCount: number;
  behaveAs(behave: Behaviour): void;
  /** Shows other certificates to connections from now on and cuts those that are open. */
  renewTls(tls: SecureContextOptions): void;
  /** Cuts open connections. */
  close(): Promise<void>;
}

/** Starts a webhook target on 127.0.0.1 that behaves as told. */
export async function startHostileReceiver(options: HostileReceiverOptions = {}): Promise<HostileReceiver> {
  const requests: HostileRequest[] = [];
  let behave = options.behave ?? accept;
  let connectionCount = 0;
  const listener: RequestListener = (incoming, response) => {
    readRequest(incoming).then(
      (request) => {
        requests.push(request);
        behave(response);
      },
      () => response.destroy(),
    );
  };
  const tlsServer = options.tls === undefined ? undefined : createTlsServer(options.tls, listener);
  const server = tlsServer ?? createServer(listener);
  server.on('connection', () => void (connectionCount += 1));
  const { port, close } = await listenOnLoopback(server);
  return {
    url: tlsServer === undefined ? `http://127.0.0.1:${port}/hook` : `https://localhost:${port}/hook`,
    port,
    requests,
    get connectionCount() {
      return connectionCount;
    },
    behaveAs: (next) => void (behave = next),
    renewTls(tls) {
      tlsServer?.setSecureContext(tls);
      server.closeAllConnections();
    },
    close,
  };
}

async function readRequest(incoming: IncomingMessage): Promise<HostileRequest> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) {
      throw new Error(`Cannot read request: body exceeds limit ${BODY_BYTES_MAX} bytes`);
    }
    chunks.push(chunk);
  }
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  return {
    path: incoming.url ?? '',
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString(),
    clientSubject: clientSubjectOf(incoming),
  };
}

function clientSubjectOf({ socket }: IncomingMessage): string | undefined {
  if (!isTlsSocket(socket)) return undefined;
  return socket.getPeerX509Certificate()?.subject;
}

function isTlsSocket(socket: IncomingMessage['socket']): socket is TLSSocket {
  return 'encrypted' in socket && socket.encrypted === true;
}
