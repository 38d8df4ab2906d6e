import { once } from 'node:events';
import {
  Agent,
  createServer,
  request,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openFrontDoor, type FrontDoor } from './front-door.ts';

const servers: Server[] = [];
const doors: FrontDoor[] = [];

async function startApp(
  handler: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>,
): Promise<number> {
  const server = createServer((incoming, response) => {
    void handler(incoming, response);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return portOf(server);
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return address === null || typeof address === 'string' ? 0 : address.port;
}

async function openDoor(appPort: number | undefined, port = 0): Promise<FrontDoor> {
  const door = await openFrontDoor({ port, portOf: () => appPort });
  doors.push(door);
  return door;
}

afterEach(async () => {
  await Promise.all(doors.splice(0).map((door) => door.close()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

describe('openFrontDoor', () => {
  it('hands on method, target, headers and body, and the answer back', async () => {
    const port = await startApp(async (incoming, response) => {
      let body = '';
      for await (const chunk of incoming) body += String(chunk);
      const { method, url, headers } = incoming;
      response.writeHead(201, { 'x-app': 'yes', 'content-type': 'application/json' });
      response.end(JSON.stringify({ method, url, body, key: headers['asapp-api-id'], host: headers.host }));
    });
    const door = await openDoor(port);
    const response = await fetch(`${door.baseUrl}/v1/health?deep=%2F1`, {
      method: 'POST',
      body: 'audio',
      headers: { 'asapp-api-id': 'ek_1' },
    });
    expect(response.status).toBe(201);
    expect(response.headers.get('x-app')).toBe('yes');
    expect(await response.json()).toEqual({
      method: 'POST',
      url: '/v1/health?deep=%2F1',
      body: 'audio',
      key: 'ek_1',
      host: new URL(door.baseUrl).host,
    });
  });

  it('passes each event of a live answer on as it is written', async () => {
    let write: (text: string) => void = () => {};
    const port = await startApp((_incoming, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      write = (text) => response.write(text);
    });
    const door = await openDoor(port);
    const response = await fetch(`${door.baseUrl}/earshot/v1/conversations/1/live`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    write('data: one\n\n');
    expect((await reader?.read())?.value).toBe('data: one\n\n');
    write('data: two\n\n');
    expect((await reader?.read())?.value).toBe('data: two\n\n');
    await reader?.cancel();
  });

  it('ends the request to the app when the caller hangs up', async () => {
    const gone = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    const port = await startApp((incoming) => {
      incoming.once('close', () => gone.resolve());
      arrived.resolve();
    });
    const door = await openDoor(port);
    const call = request(`${door.baseUrl}/v1/health`);
    call.on('error', () => {
      // The hang-up below.
    });
    call.end();
    await arrived.promise;
    call.destroy();
    await expect(gone.promise).resolves.toBe(undefined);
  });

  it('leaves nothing behind on a connection that many requests share', async () => {
    const warnings: string[] = [];
    const note = (warning: Error): number => warnings.push(warning.name);
    process.on('warning', note);
    const port = await startApp((_incoming, response) => void response.end('ok'));
    const door = await openDoor(port);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let count = 0; count < 15; count += 1) {
      const [answer] = await once(request(door.baseUrl, { agent }).end(), 'response');
      await once(answer.resume(), 'end');
    }
    agent.destroy();
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });

  it('answers 503 in the shape of the contract while the app is down', async () => {
    const door = await openDoor(undefined);
    const response = await fetch(`${door.baseUrl}/conversation/v1`, { method: 'POST', body: 'x' });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      error: { code: '503-01', message: 'The messages app is not running', requestId: expect.any(String) },
    });
  });

  it('answers 502 when the app closes the connection without an answer', async () => {
    const port = await startApp((incoming) => {
      incoming.socket.destroy();
    });
    const door = await openDoor(port);
    expect((await fetch(`${door.baseUrl}/v1/health`)).status).toBe(502);
  });

  it('names EARSHOT_PORT when the port is taken', async () => {
    const first = await openDoor(undefined);
    const port = Number(new URL(first.baseUrl).port);
    await expect(openDoor(undefined, port)).rejects.toMatchObject({
      message: expect.stringContaining(`Cannot listen on 127.0.0.1:${port}`),
      remedy: expect.stringContaining('EARSHOT_PORT='),
    });
  });

  it('closes although a live answer is open, and may be closed twice', async () => {
    const port = await startApp((_incoming, response) => {
      response.writeHead(200).flushHeaders();
    });
    const door = await openDoor(port);
    const response = await fetch(`${door.baseUrl}/`);
    await door.close();
    await door.close();
    await expect(response.text()).rejects.toThrow('terminated');
  });
});
