import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { validatePartialWebhook, validateTranscriptWebhook, type TranscriptWebhook } from '@earshot/api';
import { readBody } from '../read-body.ts';
import { CliError } from '../verb.ts';

const BODY_BYTES_MAX = 1024 * 1024;

export const SECRET_HEADER = 'x-earshot-simulate';

/** One webhook as it came in. */
export interface ReceivedTranscript {
  readonly body: TranscriptWebhook;
  /** `earshot-sequence`: 1, 2, 3 ... per conversation; NaN when the header is missing. */
  readonly sequence: number;
  readonly receivedAtMs: number;
}

export interface TranscriptReceiver {
  readonly url: string;
  readonly port: number;
  /** Every request must carry it in `SECRET_HEADER`. */
  readonly secret: string;
  /** Requests refused: wrong secret or a body that is no transcript. */
  readonly refusedCount: number;
  /** Calls `onTranscript` for the conversation's webhooks from now on; other conversations are answered and ignored. */
  follow(guid: string, onTranscript: (received: ReceivedTranscript) => void): void;
  close(): Promise<void>;
}

export interface TranscriptReceiverOptions {
  readonly port?: number;
  /** Without it no secret is asked for. */
  readonly secret?: string;
}

/** A webhook receiver on 127.0.0.1. */
export async function startTranscriptReceiver(
  options: TranscriptReceiverOptions = {},
): Promise<TranscriptReceiver> {
  const followers = new Map<string, (received: ReceivedTranscript) => void>();
  const secret = options.secret ?? '';
  let refusedCount = 0;

  const receive = async (request: IncomingMessage): Promise<number> => {
    if (secret !== '' && !sameText(String(request.headers[SECRET_HEADER] ?? ''), secret)) return 401;
    const text = await readBody(request, BODY_BYTES_MAX);
    if (text === undefined) return 413;
    const json = parseJson(text);
    if (validatePartialWebhook(json).ok) return 204;
    const parsed = validateTranscriptWebhook(json);
    if (!parsed.ok) return 400;
    const sequence = Number(request.headers['earshot-sequence'] ?? Number.NaN);
    const received = { body: parsed.value, sequence, receivedAtMs: Date.now() };
    followers.get(parsed.value.externalConversationId)?.(received);
    return 204;
  };

  const server = createServer((request, response) => {
    receive(request).then(
      (status) => {
        if (status >= 400) refusedCount += 1;
        response.writeHead(status).end();
      },
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new CliError(`Cannot listen: ${cause.message}`)));
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/transcripts`,
    port,
    secret,
    get refusedCount() {
      return refusedCount;
    },
    follow: (guid, onTranscript) => void followers.set(guid, onTranscript),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function newReceiverSecret(): string {
  return randomBytes(24).toString('base64url');
}

function sameText(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
