import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { TlsOptions, TLSSocket } from 'node:tls';
import { readBody } from '../read-body.ts';
import { CliError } from '../verb.ts';
import { checkMessage, type MessageDemands } from './check-message.ts';

const BODY_BYTES_MAX = 1024 * 1024;

/** A message that held against all that was asked of it. */
export interface VerifiedMessage {
  readonly body: string;
  /** `earshot-sequence`, on transcripts. */
  readonly sequence: string | undefined;
  readonly proofs: readonly string[];
}

export interface WebhookServerOptions {
  readonly port: number;
  /** Absent: plain http. */
  readonly tls?: TlsOptions;
  readonly demands: MessageDemands;
  /** Answers whether it is a body of Earshot's. */
  readonly onMessage: (message: VerifiedMessage) => boolean;
  readonly onToken: () => void;
  /** Why a request was turned away. */
  readonly onRefused: (reason: string) => void;
  /** A whole sentence on why no TLS connection came about. */
  readonly onNoConnection: (reason: string) => void;
}

export interface WebhookServer {
  /** Where messages go. */
  readonly url: string;
  /** Where tokens are asked for. */
  readonly tokenUrl: string;
  close(): Promise<void>;
}

/** A webhook receiver on 127.0.0.1, with a token server at `/token` when tokens are demanded. */
export async function startWebhookServer(options: WebhookServerOptions): Promise<WebhookServer> {
  const { tls, onRefused, onNoConnection } = options;
  const listener: RequestListener = (request, response) => {
    answer(options, request, response).catch(() => {
      onRefused('the request broke off');
      response.destroy();
    });
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  server.on('tlsClientError', (error: Error) => onNoConnection(describeHandshake(error)));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new CliError(`Cannot listen on port ${options.port}: ${cause.message}; --port 0 takes any free one`),
      ),
    );
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const base = tls === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`;
  return {
    url: `${base}/transcripts`,
    tokenUrl: `${base}/token`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  options: WebhookServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { demands, onMessage, onToken, onRefused } = options;
  const refuse = (status: number, reason: string): void => {
    onRefused(`${reason} (answered ${status})`);
    response.writeHead(status).end();
  };
  const body = await readBody(request, BODY_BYTES_MAX);
  if (request.method !== 'POST') return refuse(405, `${request.method} is not POST`);
  if (body === undefined) return refuse(413, `its body exceeds limit ${BODY_BYTES_MAX} bytes`);
  if (request.url === '/token' && demands.tokens !== undefined) {
    const token = demands.tokens.answer(body, request.headers.authorization, Date.now());
    if (token.status === 200) onToken();
    else onRefused(`a token was asked for: ${token.body['error']} (answered ${token.status})`);
    response.writeHead(token.status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(token.body));
    return;
  }
  const arrived = { headers: request.headers, body, clientSubject: clientSubjectOf(request) };
  const check = checkMessage(arrived, demands, Date.now());
  if (!check.ok) return refuse(check.status, check.reason);
  const sequence = request.headers['earshot-sequence'];
  const { proofs } = check;
  const isKnown = onMessage({
    body,
    sequence: sequence === undefined ? undefined : String(sequence),
    proofs,
  });
  if (!isKnown) return refuse(400, 'its body is none of Earshot');
  response.writeHead(204).end();
}

const HANDSHAKE_FAILURES: ReadonlyMap<string, string> = new Map([
  ['ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE', 'the sender showed no client certificate'],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'the sender does not trust our authority'],
  ['ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_UNKNOWN', 'the sender does not accept our certificate'],
  ['ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE', 'the sender does not accept our certificate'],
  ['ERR_SSL_HTTP_REQUEST', 'the sender speaks plain http'],
]);

function describeHandshake(error: Error): string {
  const code = 'code' in error ? String(error.code) : error.message.split('\n')[0];
  if (code === 'ECONNRESET') {
    return 'A connection ended during its TLS handshake: a test only looked, or the sender does not trust our authority';
  }
  const reason = HANDSHAKE_FAILURES.get(code ?? '');
  return `Refused: no TLS connection came about: ${reason === undefined ? code : `${reason} (${code})`}`;
}

function clientSubjectOf({ socket }: IncomingMessage): string | undefined {
  return isTlsSocket(socket) ? socket.getPeerX509Certificate()?.subject : undefined;
}

function isTlsSocket(socket: IncomingMessage['socket']): socket is TLSSocket {
  return 'encrypted' in socket && socket.encrypted === true;
}
