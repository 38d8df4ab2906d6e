import { afterEach, describe, expect, it } from 'vitest';
import {
  startWebhookReceiver,
  type WebhookReceiver,
  type WebhookReceiverOptions,
} from './webhook-receiver.ts';

const open: WebhookReceiver[] = [];

async function start(options?: WebhookReceiverOptions): Promise<WebhookReceiver> {
  const receiver = await startWebhookReceiver(options);
  open.push(receiver);
  return receiver;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((receiver) => receiver.close()));
});

describe('startWebhookReceiver', () => {
  it('keeps method, path, headers and body of each request in order', async () => {
    const receiver = await start();
    for (const body of ['one', 'two']) {
      await fetch(`${receiver.url}/hook?x=1`, { method: 'POST', body, headers: { 'X-Secret': 's' } });
    }
    const requests = await receiver.waitFor(2);
    expect(requests.map(({ body }) => body)).toEqual(['one', 'two']);
    expect(requests[0]).toMatchObject({ method: 'POST', path: '/hook?x=1', headers: { 'x-secret': 's' } });
  });

  it('answers with the given status', async () => {
    const receiver = await start({ status: 503 });
    expect((await fetch(receiver.url)).status).toBe(503);
  });

  it('lets a handler decide each answer', async () => {
    const receiver = await start({
      handler: ({ body }, index) => ({
        status: index === 0 ? 429 : 200,
        headers: { 'retry-after': '1' },
        body,
      }),
    });
    const statuses = [];
    for (const body of ['a', 'b']) {
      const response = await fetch(receiver.url, { method: 'POST', body });
      statuses.push([response.status, response.headers.get('retry-after'), await response.text()]);
    }
    expect(statuses).toEqual([
      [429, '1', 'a'],
      [200, '1', 'b'],
    ]);
  });

  it('answers 500 when the handler fails', async () => {
    const receiver = await start({ handler: () => Promise.reject(new Error('boom')) });
    expect((await fetch(receiver.url)).status).toBe(500);
  });

  it('says how many requests came when too few do', async () => {
    const receiver = await start();
    await fetch(receiver.url);
    await expect(receiver.waitFor(2, { timeoutMs: 20 })).rejects.toThrow(
      'Cannot see 2 requests: 1 came within 20 ms',
    );
  });

  it('closes although a handler never answers', async () => {
    const receiver = await start({ handler: () => new Promise(() => {}) });
    const answer = fetch(receiver.url).catch(() => 'cut');
    await receiver.waitFor(1);
    await receiver.close();
    expect(await answer).toBe('cut');
  });
});
