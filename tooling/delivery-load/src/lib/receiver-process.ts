import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Arrival } from './arrival.ts';
import { readBehaviour, readGuid, type ReceiverQuestion, type ReceiverReport } from './receiver-messages.ts';

// Started by `start-receiver.ts`: answers POSTs and keeps what came, until its parent disconnects.
const ARRIVALS_MAX = 1_000_000;
const BODY_BYTES_MAX = 64 * 1024;

const { refusedShare = 0, delaysMs = {} } = readBehaviour(process.argv[2] ?? '');
let arrivals: Arrival[] = [];
let count = 0;
const underWay = new Map<string, number>();

const server = createServer((request, response) => {
  receive(request, response).catch(() => response.destroy());
});

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const guid = readGuid(await readBody(request));
  const endpoint = request.url?.split('/').at(-1)?.split('?')[0] ?? '';
  const lane = `${endpoint} ${guid}`;
  const others = underWay.get(lane) ?? 0;
  underWay.set(lane, others + 1);
  count += 1;
  // Spread evenly: the whole part of count * share goes up by one at each that is refused.
  const isRefused = Math.floor(count * refusedShare) > Math.floor((count - 1) * refusedShare);
  const delayMs = delaysMs[endpoint] ?? 0;
  if (delayMs > 0) await delay(delayMs);
  const status = isRefused ? 503 : 200;
  response.writeHead(status, { 'content-length': 0 }).end();
  const left = (underWay.get(lane) ?? 1) - 1;
  if (left === 0) underWay.delete(lane);
  else underWay.set(lane, left);
  if (arrivals.length >= ARRIVALS_MAX) throw new Error('Cannot keep more arrivals');
  arrivals.push({
    endpoint,
    guid,
    webhookId: text(request.headers['webhook-id']),
    sequence: Number(text(request.headers['earshot-sequence'])),
    status,
    answeredAtMs: performance.timeOrigin + performance.now(),
    overlaps: others > 0,
    isSigned: request.headers['webhook-signature'] !== undefined,
  });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new Error(`Cannot read body: more than ${BODY_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function text(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header : '';
}

const report = (message: ReceiverReport): void => {
  if (process.connected) process.send?.(message);
};

process.on('message', ({ type }: ReceiverQuestion) => {
  if (type === 'count') return report({ type: 'count', count: arrivals.length });
  report({ type: 'arrivals', arrivals });
  if (type === 'take') arrivals = [];
});
process.once('disconnect', () => process.exit());
server.keepAliveTimeout = 60_000;
server.listen({ port: 0, host: '127.0.0.1' }, () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Cannot listen: no address');
  report({ type: 'ready', port: address.port });
});
