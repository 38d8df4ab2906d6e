import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createEgressPolicy, createOutboundAuth, type OutboundAuthConfig } from '@earshot/auth';
import { systemClock } from '@earshot/domain';
import { startWebhookReceiver } from '@earshot/testing';
import { Agent } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { createGuardedConnector } from './guarded-connector.ts';
import { post, type PostMessage, type PostTarget } from './post.ts';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

const delivery: PostMessage = { sequence: 3, webhookId: 'msg_abc', body: '{"text":"grüße"}' };

function target(url: string, auth: readonly OutboundAuthConfig[] = [], timeoutMs = 5000): PostTarget {
  const policy = createEgressPolicy({ allowCidrs: ['127.0.0.0/8'] });
  const dispatcher = new Agent({ connect: createGuardedConnector({ policy, connectTimeoutMs: 1000 }) });
  cleanUps.push(() => dispatcher.destroy());
  return {
    url: new URL(url),
    auth: createOutboundAuth(auth, async () => 'open sesame&=', { fetch, clock: systemClock }),
    dispatcher,
    timeoutMs,
  };
}

const options = (signal: AbortSignal = new AbortController().signal) => ({
  userAgent: 'Earshot/test',
  nowMs: 1_700_000_000_999,
  signal,
});

async function serverOf(
  handler: Parameters<typeof createServer>[1],
): Promise<{ server: Server; url: string }> {
  const server = createServer({}, handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

async function receiver() {
  const started = await startWebhookReceiver();
  cleanUps.push(() => started.close());
  return started;
}

describe('post', () => {
  it('sends the body byte for byte', async () => {
    const { url, requests } = await receiver();
    expect(await post(target(url), delivery, options())).toMatchObject({ type: 'answered', status: 200 });
    expect(requests).toMatchObject([
      {
        body: delivery.body,
        headers: {
          'webhook-id': 'msg_abc',
          'webhook-timestamp': '1700000000',
          'earshot-sequence': '3',
          'content-length': String(Buffer.byteLength(delivery.body)),
        },
      },
    ]);
  });

  it('sends no sequence with what has none', async () => {
    const { url, requests } = await receiver();
    await post(target(url), { webhookId: 'msg_abc', body: '{}' }, options());
    expect(requests[0]?.headers).not.toHaveProperty('earshot-sequence');
  });

  it('sends a named secret in a header', async () => {
    const { url, requests } = await receiver();
    await post(target(url, [{ type: 'secret', name: 'X-Token', in: 'header' }]), delivery, options());
    expect(requests[0]?.headers['x-token']).toBe('open sesame&=');
  });

  it('sends a named secret as a query parameter and keeps what the URL has', async () => {
    const { url, requests } = await receiver();
    const auth = [{ type: 'secret', name: 'token', in: 'query' }] as const;
    await post(target(`${url}/hook?a=b%2Fc`, auth), delivery, options());
    const sent = new URL(`${url}${requests[0]?.path ?? ''}`);
    expect(requests[0]?.path).toContain('/hook?a=b%2Fc&token=');
    expect(sent.searchParams.get('token')).toBe('open sesame&=');
  });

  it('reads no more than 64 KiB of an answer and takes its status all the same', async () => {
    let sentBytes = 0;
    const { url } = await serverOf((_request, response) => {
      response.writeHead(200);
      const chunk = Buffer.alloc(16 * 1024, 'x');
      const write = (): void => {
        while (!response.destroyed && sentBytes < 100 * 1024 * 1024) {
          sentBytes += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', write);
        }
      };
      write();
    });
    expect(await post(target(url), delivery, options())).toMatchObject({ type: 'answered', status: 200 });
    expect(sentBytes).toBeLessThan(20 * 1024 * 1024);
  });

  it('takes the status of an answer whose body never ends, at the deadline at the latest', async () => {
    const { url } = await serverOf((_request, response) => {
      response.writeHead(202);
      response.write('a');
    });
    expect(await post(target(url, [], 150), delivery, options())).toMatchObject({
      type: 'answered',
      status: 202,
    });
  });

  it('takes the status of an answer whose body breaks off', async () => {
    const { url } = await serverOf((_request, response) => {
      response.writeHead(500, { 'content-length': '100' });
      response.write('a', () => response.destroy());
    });
    expect(await post(target(url), delivery, options())).toMatchObject({ type: 'answered', status: 500 });
  });

  it('times out when no answer begins', async () => {
    const { url } = await serverOf(() => {});
    const outcome = await post(target(url, [], 100), delivery, options());
    expect(outcome).toMatchObject({ type: 'timed-out' });
  });

  it('breaks when the connection is reset before an answer', async () => {
    const { url } = await serverOf((request) => void request.socket.destroy());
    expect(await post(target(url), delivery, options())).toMatchObject({ type: 'broken' });
  });

  it('is aborted by its signal, which tells nothing about the target', async () => {
    const stop = new AbortController();
    const { url } = await serverOf(() => stop.abort());
    expect(await post(target(url), delivery, options(stop.signal))).toEqual({ type: 'aborted' });
  });

  it('answers broken when a secret cannot be had', async () => {
    const { url, requests } = await receiver();
    const aimed = target(url);
    const auth = { ...aimed.auth, apply: () => Promise.reject(new Error('vault is away')) };
    const outcome = await post({ ...aimed, auth }, delivery, options());
    expect(outcome).toMatchObject({ type: 'broken' });
    expect(requests).toEqual([]);
  });
});
