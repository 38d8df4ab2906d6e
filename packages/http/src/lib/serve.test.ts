import { Hono } from 'hono';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { createLogger } from '@earshot/telemetry';
import { validateStartStreamingBody } from '@earshot/api';
import { fakeKey } from '../testing.ts';
import { jsonBody } from './checked-input.ts';
import { createApp } from './create-app.ts';
import { serve } from './serve.ts';

const LOOPBACK = { host: '127.0.0.1', port: 0 };

describe('serve', () => {
  it('takes a free port and answers there', async () => {
    const server = await serve(
      new Hono().get('/', (c) => c.text('here')),
      LOOPBACK,
    );
    expect(server.port).toBeGreaterThan(0);
    expect(await (await fetch(`http://127.0.0.1:${server.port}/`)).text()).toBe('here');
    await server.close();
  });

  it('rejects with http.listen-failed when the port is taken', async () => {
    const app = new Hono();
    const first = await serve(app, LOOPBACK);
    const second = serve(app, { ...LOOPBACK, port: first.port });
    await expect(second).rejects.toMatchObject({ code: 'http.listen-failed', retryable: false });
    await first.close();
  });

  it('lets a request under way finish before it closes', async () => {
    const arrived = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const app = new Hono().get('/', async (c) => {
      arrived.resolve();
      await released.promise;
      return c.text('finished');
    });
    const server = await serve(app, LOOPBACK);
    const answer = fetch(`http://127.0.0.1:${server.port}/`);
    await arrived.promise;
    const closed = server.close();
    await expect(fetch(`http://127.0.0.1:${server.port}/`)).rejects.toThrow('fetch failed');
    released.resolve();
    const finished = await answer;
    expect(finished.headers.get('connection')).toBe('close');
    expect(await finished.text()).toBe('finished');
    await closed;
  });

  it('cuts a request that outlasts the drain time', async () => {
    const arrived = Promise.withResolvers<void>();
    const app = new Hono().get('/', () => {
      arrived.resolve();
      return new Promise<Response>(() => {});
    });
    const server = await serve(app, { ...LOOPBACK, drainMs: 1 });
    const outcome = fetch(`http://127.0.0.1:${server.port}/`).then(
      () => 'answered',
      () => 'cut',
    );
    await arrived.promise;
    await server.close();
    expect(await outcome).toBe('cut');
  });

  it('may be closed twice', async () => {
    const server = await serve(new Hono(), LOOPBACK);
    await expect(Promise.all([server.close(), server.close()])).resolves.toHaveLength(2);
  });

  it.each([
    { given: 'with a length', framing: 'content-length: 70000', body: 'x'.repeat(70_000) },
    {
      given: 'in chunks',
      framing: 'transfer-encoding: chunked',
      body: `11170\r\n${'x'.repeat(70_000)}\r\n0\r\n\r\n`,
    },
  ])('answers 413 over the wire to an oversized body sent $given', async ({ framing, body }) => {
    const { lookup } = fakeKey('stream:write');
    const app = createApp({ logger: createLogger({ app: 'test', level: 'silent' }), keys: lookup });
    app.post('/start', jsonBody(validateStartStreamingBody), (c) => c.text('unreached'));
    const server = await serve(app, LOOPBACK);
    const socket = connect(server.port, '127.0.0.1');
    const head = [
      'POST /start HTTP/1.1',
      'host: localhost',
      'connection: close',
      'asapp-api-id: test-key',
      'asapp-api-secret: test-secret',
      framing,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('"code":"413-01"');
    await server.close();
  });
});
