import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { messageBody } from '@earshot/delivery-load';
import { Pool } from 'undici';
import { readBareLoopOptions, type BareLoopResult } from './bare-loop.ts';

// Started by `bare-loop.ts`: sends for a while, tells its parent how it went and ends.
const WARM_UP_MS = 2000;
const { url, connections, durationMs } = readBareLoopOptions(process.argv[2] ?? '');
const { origin, pathname } = new URL(url);
const pool = new Pool(origin, { connections, pipelining: 1 });
const secret = randomBytes(32);
const beganAtMs = performance.now();
const endsAtMs = beganAtMs + WARM_UP_MS + durationMs;
const latenciesMs: number[] = [];

async function send(sequence: number): Promise<void> {
  const id = `msg_${randomUUID()}`;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const body = messageBody(randomUUID(), sequence);
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
    'earshot-sequence': '1',
  };
  const sentAtMs = performance.now();
  const answer = await pool.request({ path: pathname, method: 'POST', headers, body });
  await answer.body.dump();
  const answeredAtMs = performance.now();
  if (sentAtMs >= beganAtMs + WARM_UP_MS) latenciesMs.push(answeredAtMs - sentAtMs);
}

async function loop(): Promise<void> {
  for (let sequence = 1; performance.now() < endsAtMs; sequence += 1) await send(sequence);
}

await Promise.all(Array.from({ length: connections }, loop));
await pool.close();
const result: BareLoopResult = { throughput: (latenciesMs.length * 1000) / durationMs, latenciesMs };
process.send?.(result, () => process.disconnect());
