import { Socket } from 'node:net';
import {
  startHostileDnsServer,
  startHostileReceiver,
  startHostileTokenServer,
  type HostileDnsServer,
  type HostileReceiver,
} from '@earshot/hostile-receivers';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { setUpHostile, type HostileSetup, type HostileSetupOptions } from '../testing/hostile-setup.ts';
import { movableClock } from '../testing/movable-clock.ts';
import { useStorage } from '../testing/use-storage.ts';

const fixture = useStorage();
const cleanUps: (() => Promise<unknown>)[] = [];
let dns: HostileDnsServer;
/** Addresses that connections to targets were begun to. */
const attempted: string[] = [];
const { connect } = Socket.prototype;
const spied = vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...args) {
  this.on('connectionAttempt', (address: string, port: number) => attempted.push(`${address}:${port}`));
  return Reflect.apply(connect, this, args);
});

beforeAll(async () => {
  dns = await startHostileDnsServer();
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});
afterAll(async () => {
  spied.mockRestore();
  await dns.close();
});

/** Closes the connection after each answer, so that each message looks its name up again. */
async function startTarget(): Promise<HostileReceiver> {
  const target = await startHostileReceiver({
    behave: (response) => void response.writeHead(204, { connection: 'close' }).end(),
  });
  cleanUps.push(() => target.close());
  return target;
}

async function startSetup(options: HostileSetupOptions): Promise<HostileSetup> {
  const settings = { resolve: dns.resolve, ...options.settings };
  const setup = await setUpHostile(fixture.storage, fixture.account, { ...options, settings });
  cleanUps.push(() => setup.publisher.close());
  return setup;
}

const attemptsAt = (port: number) => attempted.filter((at) => at.endsWith(`:${port}`));

describe('a lane whose target is named', () => {
  it('sends to the address that was judged, and nothing once the name has gone to one that is not allowed', async () => {
    const target = await startTarget();
    dns.answer('flip.example', ['127.0.0.1'], ['10.0.0.1']);
    const { say } = await startSetup({ url: `http://flip.example:${target.port}/hook` });
    const deliveries = await say('first', 'second');
    expect(deliveries).toMatchObject([
      { state: 'delivered', lastStatus: 204 },
      { state: 'failed', lastStatus: undefined, lastError: 'webhook.egress-refused' },
    ]);
    expect(target.requests).toHaveLength(1);
    expect(attemptsAt(target.port)).toEqual([`127.0.0.1:${target.port}`]);
  });

  it('sends nothing while one answer of several is not allowed', async () => {
    const target = await startTarget();
    dns.answer('mixed.example', ['127.0.0.1', '169.254.169.254']);
    const { say } = await startSetup({ url: `http://mixed.example:${target.port}/hook` });
    expect(await say('first')).toMatchObject([{ state: 'failed', lastError: 'webhook.egress-refused' }]);
    expect(attemptsAt(target.port)).toEqual([]);
  });

  it('keeps a durable message until the name is known again, and the order', async () => {
    const target = await startTarget();
    const clock = movableClock();
    const { say, publisher } = await startSetup({
      url: `http://away.example:${target.port}/hook`,
      fields: { policy: 'durable' },
      settings: { clock },
    });
    expect(await say('first', 'second')).toMatchObject([
      { state: 'pending', attempts: 1, lastError: 'webhook.connection' },
      { state: 'pending', attempts: 0 },
    ]);
    dns.answer('away.example', ['127.0.0.1']);
    clock.forward(1200);
    await publisher.sweep();
    await publisher.queue.idle();
    expect(await say()).toMatchObject([
      { state: 'delivered', attempts: 2 },
      { state: 'delivered', attempts: 1 },
    ]);
    expect(target.requests.map(({ headers }) => headers['earshot-sequence'])).toEqual(['1', '2']);
  });

  it('sends neither a token request nor a message where the token server has gone to another network', async () => {
    const target = await startTarget();
    const tokens = await startHostileTokenServer({});
    cleanUps.push(() => tokens.close());
    const tokenUrl = new URL(tokens.url);
    dns.answer('tokens.example', ['10.0.0.1']);
    dns.answer('target.example', ['127.0.0.1']);
    tokenUrl.hostname = 'tokens.example';
    const { say } = await startSetup({
      url: `http://target.example:${target.port}/hook`,
      auth: [
        {
          type: 'oauth2',
          tokenUrl: tokenUrl.href,
          clientId: 'c',
          clientAuthentication: 'post',
          clientSecret: 'secret',
        },
      ],
    });
    expect(await say('first')).toMatchObject([{ state: 'failed' }]);
    expect(attemptsAt(Number(tokenUrl.port))).toEqual([]);
    expect(target.requests).toEqual([]);
  });
});
