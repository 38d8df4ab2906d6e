import { Socket } from 'node:net';
import { createEgressPolicy, createOutboundAuth, judgeEgressUrl } from '@earshot/auth';
import { systemClock } from '@earshot/domain';
import {
  startConnectionTrap,
  startHostileDnsServer,
  startHostileReceiver,
  METADATA_URL,
  redirectTo,
  type ConnectionTrap,
  type HostileDnsServer,
} from '@earshot/hostile-receivers';
import { Agent } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createGuardedConnector } from '../guarded-connector.ts';
import { post, type PostOutcome } from '../post.ts';
import { createTokenClient } from '../token-client.ts';

/** Ranges that are not public, each with addresses at its ends or of special meaning in it. */
const RANGES: readonly { readonly range: string; readonly addresses: readonly string[] }[] = [
  { range: '0.0.0.0/8', addresses: ['0.0.0.0', '0.255.255.255'] },
  { range: '10.0.0.0/8', addresses: ['10.0.0.0', '10.255.255.255'] },
  { range: '100.64.0.0/10', addresses: ['100.64.0.1', '100.127.255.255', '100.100.100.200'] },
  { range: '127.0.0.0/8', addresses: ['127.0.0.1', '127.255.255.254'] },
  { range: '169.254.0.0/16', addresses: ['169.254.0.1', '169.254.169.254', '169.254.170.2'] },
  { range: '172.16.0.0/12', addresses: ['172.16.0.1', '172.31.255.255'] },
  { range: '192.0.0.0/24', addresses: ['192.0.0.1', '192.0.0.192'] },
  { range: '192.0.2.0/24 (documentation)', addresses: ['192.0.2.1'] },
  { range: '192.88.99.0/24', addresses: ['192.88.99.1'] },
  { range: '192.168.0.0/16', addresses: ['192.168.0.1', '192.168.255.255'] },
  { range: '198.18.0.0/15', addresses: ['198.18.0.1', '198.19.255.255'] },
  { range: '198.51.100.0/24 (documentation)', addresses: ['198.51.100.1'] },
  { range: '203.0.113.0/24 (documentation)', addresses: ['203.0.113.1'] },
  { range: '224.0.0.0/4 (multicast)', addresses: ['224.0.0.1', '239.255.255.255'] },
  { range: '240.0.0.0/4', addresses: ['240.0.0.1', '255.255.255.255'] },
  { range: '::, ::1', addresses: ['::', '::1'] },
  {
    range: 'mapped',
    addresses: ['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '::ffff:a9fe:a9fe'],
  },
  { range: 'compatible', addresses: ['::127.0.0.1', '::7f00:1'] },
  { range: '64:ff9b::/96', addresses: ['64:ff9b::7f00:1', '64:ff9b::a9fe:a9fe'] },
  { range: '64:ff9b:1::/48', addresses: ['64:ff9b:1::1'] },
  { range: '100::/64', addresses: ['100::1'] },
  { range: '2001::/32 (teredo)', addresses: ['2001::1'] },
  { range: '2001:db8::/32 (documentation)', addresses: ['2001:db8::1'] },
  { range: '2002::/16 (6to4)', addresses: ['2002:7f00:1::', '2002:a9fe:a9fe::1'] },
  { range: '3fff::/20 (documentation)', addresses: ['3fff::1', '3fff:fff::1'] },
  { range: '5f00::/16', addresses: ['5f00::1'] },
  { range: 'fc00::/7', addresses: ['fc00::1', 'fd00:ec2::254', 'fdff::1'] },
  { range: 'fe80::/10', addresses: ['fe80::1', 'febf::1'] },
  { range: 'fec0::/10', addresses: ['fec0::1'] },
  { range: 'ff00::/8 (multicast)', addresses: ['ff02::1'] },
];
const ADDRESSES = RANGES.flatMap(({ range, addresses }) => addresses.map((address) => ({ range, address })));

/** Hosts the URL parser or the resolver of a system would take to this machine or its network. */
const SPELLINGS = [
  '2130706433',
  '0177.0.0.1',
  '017700000001',
  '0x7f.1',
  '0x7f000001',
  '0x7f.0.0.0x1',
  '127.1',
  '127.0.1',
  '127.0.0.1.',
  '0',
  '0.0.0.0',
  '１２７.０.０.１',
  '①②⑦.0.0.1',
  '127。0。0。1',
  '1.1.1.1@127.0.0.1',
  'localhost',
  'LocalHost.',
  'app.localhost',
  'app.localhost.',
  '%6c%6f%63alhost',
  '%31%32%37.0.0.1',
  '2852039166',
  '0xa9fea9fe',
  '169.254.43518',
  '[::ffff:127.0.0.1]',
  '[0:0:0:0:0:ffff:7f00:0001]',
  '[::FFFF:A9FE:A9FE]',
  '[0000::1]',
];

const PORTS = [1, 22, 25, 80, 2375, 4443, 5432, 6379, 9200, 65_535];
const CREDENTIALS = ['user', 'user:pass', ':pass', 'user%40example.com:p%2F'];
const SCHEMES = ['http', 'ftp', 'ws', 'wss', 'gopher', 'file'];

let trap: ConnectionTrap;
let dns: HostileDnsServer;
/** Addresses that connections of this process were begun to. */
const attempted: string[] = [];
const { connect } = Socket.prototype;
const spied = vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...args) {
  this.on('connectionAttempt', (address: string) => attempted.push(address));
  return Reflect.apply(connect, this, args);
});
const cleanUps: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  trap = await startConnectionTrap();
  dns = await startHostileDnsServer();
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});
afterAll(async () => {
  spied.mockRestore();
  await dns.close();
  await trap.close();
});

/** As the publisher's own, but that the port of the trap counts as one of https: nothing but the address may save it. */
function openGuarded(): Agent {
  const policy = createEgressPolicy({ ports: [443, 8443, trap.port] });
  const resolve = dns.resolve;
  const agent = new Agent({ connect: createGuardedConnector({ policy, connectTimeoutMs: 1000, resolve }) });
  cleanUps.push(() => agent.destroy());
  return agent;
}

const OPTIONS = { userAgent: 'Earshot/test', nowMs: 0, signal: new AbortController().signal };

async function postTo(url: string, tokenUrl?: string): Promise<PostOutcome> {
  const dispatcher = openGuarded();
  const tokens = createTokenClient(async () => dispatcher);
  const strategy = { type: 'oauth2', clientId: 'c', clientAuthentication: 'post' } as const;
  const auth = createOutboundAuth(
    tokenUrl === undefined ? [] : [{ ...strategy, tokenUrl }],
    async () => 'secret',
    { fetch: tokens.fetch, clock: systemClock },
  );
  const target = { url: new URL(url), auth, dispatcher, timeoutMs: 2000 };
  return await post(target, { webhookId: 'msg_1', body: '{"text":"hush"}' }, OPTIONS);
}

/** Why nothing was sent, and what had left all the same. */
async function attempt(url: string, tokenUrl?: string) {
  attempted.splice(0);
  const connectionCount = trap.connectionCount;
  const outcome = await postTo(url, tokenUrl);
  return {
    codes: codesOf(outcome).filter((code) => code !== undefined),
    attempted: [...attempted],
    connectionCount: trap.connectionCount - connectionCount,
  };
}

const REFUSED = {
  codes: expect.arrayContaining(['webhook.egress-refused']),
  attempted: [],
  connectionCount: 0,
};

function codesOf(outcome: PostOutcome): readonly unknown[] {
  const codes: unknown[] = [];
  let error = outcome.type === 'broken' ? outcome.cause : undefined;
  while (error instanceof Error) {
    codes.push('code' in error ? error.code : undefined);
    error = error.cause;
  }
  return codes;
}

const hostOf = (address: string): string => (address.includes(':') ? `[${address}]` : address);

describe('delivery refuses before a socket is opened', () => {
  it.each(ADDRESSES)('$address of $range as a literal', async ({ address }) => {
    expect(await attempt(`https://${hostOf(address)}:${trap.port}/hook`)).toEqual(REFUSED);
  });

  it.each(ADDRESSES)('a name that resolves to $address of $range', async ({ address }) => {
    dns.answer('target.example', [address]);
    expect(await attempt(`https://target.example:${trap.port}/hook`)).toEqual(REFUSED);
  });

  it.each(ADDRESSES)('a token server at $address of $range', async ({ address }) => {
    expect(
      await attempt('https://93.184.215.14/hook', `https://${hostOf(address)}:${trap.port}/token`),
    ).toEqual(REFUSED);
  });

  it.each(SPELLINGS)('the host %s', async (host) => {
    expect(await attempt(`https://${host}:${trap.port}/hook`)).toEqual(REFUSED);
  });

  it.each(PORTS)('port %i of a public address', async (port) => {
    expect(await attempt(`https://93.184.215.14:${port}/hook`)).toEqual(REFUSED);
  });

  it('a name of which one answer of several is not public', async () => {
    dns.answer('target.example', ['93.184.215.14', '127.0.0.1']);
    expect(await attempt(`https://target.example:${trap.port}/hook`)).toEqual(REFUSED);
    dns.answer('target.example', ['93.184.215.14', '::ffff:10.0.0.1']);
    expect(await attempt(`https://target.example:${trap.port}/hook`)).toEqual(REFUSED);
  });

  it('a name that was public when the endpoint was made and is not any more', async () => {
    dns.answer('rebind.example', ['93.184.215.14'], ['127.0.0.1']);
    await new Promise((resolve) => dns.resolve('rebind.example', { all: true }, resolve));
    expect(await attempt(`https://rebind.example:${trap.port}/hook`)).toEqual(REFUSED);
  });

  it('a token server whose name has gone to this machine', async () => {
    dns.answer('tokens.example', ['127.0.0.1']);
    expect(await attempt('https://93.184.215.14/hook', `https://tokens.example:${trap.port}/token`)).toEqual(
      REFUSED,
    );
  });

  it('a scheme other than https', async () => {
    expect(await attempt(`http://93.184.215.14:${trap.port}/hook`)).toEqual(REFUSED);
  });
});

describe('judgeEgressUrl', () => {
  it.each(CREDENTIALS)('refuses credentials %s in a URL', (credentials) => {
    const url = new URL(`https://${credentials}@target.example/hook`);
    expect(judgeEgressUrl(url, createEgressPolicy())).toMatchObject({ ok: false });
  });

  it.each(SCHEMES)('refuses scheme %s', (scheme) => {
    const url = new URL(`${scheme}://target.example/hook`);
    expect(judgeEgressUrl(url, createEgressPolicy())).toMatchObject({ ok: false });
  });
});

describe('post', () => {
  it.each([301, 302, 303, 307, 308])('follows no redirect of status %i', async (status) => {
    const policy = createEgressPolicy({ allowCidrs: ['127.0.0.0/8'] });
    const target = await startHostileReceiver({ behave: redirectTo(METADATA_URL, status) });
    cleanUps.push(() => target.close());
    const dispatcher = new Agent({ connect: createGuardedConnector({ policy, connectTimeoutMs: 1000 }) });
    cleanUps.push(() => dispatcher.destroy());
    const auth = createOutboundAuth([], async () => '', { fetch, clock: systemClock });
    attempted.splice(0);
    const at = { url: new URL(target.url), auth, dispatcher, timeoutMs: 2000 };
    const outcome = await post(at, { webhookId: 'msg_1', body: '{}' }, OPTIONS);
    expect(outcome).toMatchObject({ type: 'answered', status });
    expect(attempted).toEqual(['127.0.0.1']);
  });

  it('connects to the address that was judged, though the name has changed its mind since', async () => {
    const policy = createEgressPolicy({ allowCidrs: ['127.0.0.0/8'] });
    const target = await startHostileReceiver();
    cleanUps.push(() => target.close());
    dns.answer('flip.example', ['127.0.0.1'], ['10.0.0.1']);
    const resolve = dns.resolve;
    const dispatcher = new Agent({
      connect: createGuardedConnector({ policy, connectTimeoutMs: 1000, resolve }),
    });
    cleanUps.push(() => dispatcher.destroy());
    const auth = createOutboundAuth([], async () => '', { fetch, clock: systemClock });
    attempted.splice(0);
    const url = new URL(`http://flip.example:${target.port}/hook`);
    const outcome = await post(
      { url, auth, dispatcher, timeoutMs: 2000 },
      { webhookId: 'm', body: '{}' },
      OPTIONS,
    );
    expect(outcome).toMatchObject({ type: 'answered', status: 204 });
    expect(attempted).toEqual(['127.0.0.1']);
    // Once for each family.
    expect(dns.asked.filter((name) => name === 'flip.example')).toHaveLength(2);
  });
});
