import { createHmac } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { createEgressPolicy, prepareOutboundAuth, type OutboundAuthInput } from '@earshot/auth';
import { AppError } from '@earshot/domain';
import {
  answer,
  createHostileTls,
  redirectTo,
  resetBeforeAnswer,
  startHostileReceiver,
  startHostileTokenServer,
  staySilent,
  type Behaviour,
  type HostileReceiverOptions,
  type HostileTls,
} from '@earshot/hostile-receivers';
import { sampleEndpoint } from '@earshot/storage/testing';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ResolveName } from '../guarded-connector.ts';
import { runEndpointTest, type EndpointTestDeps } from './run-endpoint-test.ts';

const cleanUps: (() => Promise<unknown>)[] = [];
let tls: HostileTls;
beforeAll(async () => {
  tls = await createHostileTls();
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function startTarget(options: HostileReceiverOptions = {}) {
  const target = await startHostileReceiver(options);
  cleanUps.push(() => target.close());
  return target;
}

interface Given {
  readonly url: string;
  readonly auth?: readonly OutboundAuthInput[];
  readonly timeoutMs?: number;
  readonly deps?: Partial<EndpointTestDeps>;
}

async function run({ url, auth = [], timeoutMs = 3000, deps = {} }: Given) {
  const prepared = prepareOutboundAuth(auth, Date.now());
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
  const secrets = prepared.secrets.map(({ kind, value }) => ({ kind, sealed: Buffer.from(value) }));
  const result = await runEndpointTest(
    {
      endpoints: { getSecrets: async () => secrets },
      openSecret: async (_tenantId, _recordId, sealed) => Buffer.from(sealed).toString(),
      egress: createEgressPolicy({ allowCidrs: ['127.0.0.0/8'] }),
      userAgent: 'Earshot/test',
      clock: { now: Date.now },
      ...deps,
    },
    sampleEndpoint({ url, timeoutMs, auth: [...prepared.configs] }),
  );
  return { result, generated: prepared.generated };
}

const ca = (): OutboundAuthInput => ({ type: 'ca', certificates: tls.authority.pem });

describe('runEndpointTest', () => {
  it('sends one signed test event with the credentials of real messages', async () => {
    const target = await startTarget({ tls: tls.good });
    const secret: OutboundAuthInput = { type: 'secret', name: 'X-Key', in: 'header', value: 'open sesame' };
    const { result, generated } = await run({
      url: `${target.url}/hook`,
      auth: [ca(), secret, { type: 'signature' }],
    });
    expect(result).toEqual({
      delivered: true,
      stage: 'response',
      status: 204,
      durationMs: expect.any(Number),
      certificate: expect.objectContaining({ subject: 'CN=localhost', issuer: 'CN=Hostile authority' }),
    });
    expect(target.requests).toHaveLength(1);
    const [request] = target.requests;
    expect(request?.headers).toMatchObject({ 'x-key': 'open sesame', 'user-agent': 'Earshot/test' });
    expect(request?.headers['earshot-sequence']).toBeUndefined();
    const body = request?.body ?? '';
    expect(JSON.parse(body)).toMatchObject({ type: 'test', data: { name: 'agent assist' } });
    const { 'webhook-id': id, 'webhook-timestamp': timestamp } = request?.headers ?? {};
    const key = Buffer.from(generated.signingSecret?.slice('whsec_'.length) ?? '', 'base64');
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    expect(request?.headers['webhook-signature']).toBe(`v1,${expected}`);
  });

  const refusals: readonly { given: string; behave: Behaviour; want: object }[] = [
    { given: '503', behave: answer(503), want: { stage: 'response', status: 503 } },
    { given: '401', behave: answer(401), want: { stage: 'response', status: 401 } },
    { given: 'a redirect', behave: redirectTo('/x'), want: { stage: 'response', status: 301 } },
    { given: 'a reset', behave: resetBeforeAnswer, want: { stage: 'request' } },
  ];
  it.each(refusals)('tells of $given', async ({ behave, want }) => {
    const target = await startTarget({ behave });
    const { result } = await run({ url: target.url });
    expect(result).toMatchObject({ delivered: false, ...want });
    expect(result.error).toMatch(/\w/);
    expect(result.remedy).toMatch(/\w/);
  });

  it('shows the beginning of an answer that refuses, without the secrets it quotes', async () => {
    const target = await startTarget({
      behave: (response) => void response.writeHead(401).end('The key open sesame is wrong'),
    });
    const auth: OutboundAuthInput[] = [{ type: 'secret', name: 'X-Key', in: 'header', value: 'open sesame' }];
    const { result } = await run({ url: target.url, auth });
    expect(result).toMatchObject({ stage: 'response', status: 401, responsePreview: 'The key *** is wrong' });
  });

  it('ends at the time limit of the endpoint', async () => {
    const target = await startTarget({ behave: staySilent });
    const { result } = await run({ url: target.url, timeoutMs: 300 });
    expect(result).toMatchObject({ delivered: false, stage: 'response' });
    expect(result.error).toBe('The target did not answer within 300 ms');
  });

  const handshakes = [
    { given: 'expired', want: /has expired at / },
    { given: 'notYetValid', want: /not valid yet/ },
    { given: 'wrongHost', want: /is not for localhost/ },
    { given: 'selfSigned', want: /self-signed/ },
    { given: 'otherAuthority', want: /No trusted authority/ },
  ] as const;
  it.each(handshakes)('shows the certificate that is $given and sends nothing', async ({ given, want }) => {
    const target = await startTarget({ tls: tls[given] });
    const { result } = await run({ url: target.url, auth: [ca()] });
    expect(result).toMatchObject({ delivered: false, stage: 'tls', error: expect.stringMatching(want) });
    expect(result.certificate?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(target.requests).toEqual([]);
  });

  it('tells of a target that speaks old TLS only', async () => {
    const target = await startTarget({ tls: tls.oldProtocol });
    const { result } = await run({ url: target.url, auth: [ca()] });
    expect(result).toMatchObject({ stage: 'tls', error: 'The target speaks no TLS 1.2 or newer' });
  });

  it('tells of a target that speaks no TLS', async () => {
    const target = await startTarget();
    const { result } = await run({ url: target.url.replace('http://', 'https://') });
    expect(result).toMatchObject({ stage: 'tls', error: 'The target does not speak TLS at this port' });
  });

  it('advises a client certificate where the target asks for one', async () => {
    const target = await startTarget({ tls: tls.clientRequired });
    const { result } = await run({ url: target.url, auth: [ca()] });
    expect(result).toMatchObject({ delivered: false, stage: 'tls' });
    expect(result.remedy).toMatch(/mtls/);
    const { pem: certificate, privateKeyPem: privateKey } = tls.client;
    const retried = await run({ url: target.url, auth: [ca(), { type: 'mtls', certificate, privateKey }] });
    expect(retried.result).toMatchObject({ delivered: true });
  });

  it('advises https where plain http is cut off', async () => {
    const target = await startTarget({ tls: tls.clientRequired });
    const plain = await run({ url: target.url.replace('https://', 'http://') });
    expect(plain.result).toMatchObject({ stage: 'request', remedy: expect.stringMatching(/https/) });
  });

  it('tells of a target that does not speak HTTP', async () => {
    const server = createServer((socket) => void socket.on('error', () => undefined).end('220 mail\r\n'));
    cleanUps.push(async () => void server.close());
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const { result } = await run({ url: `http://127.0.0.1:${port}` });
    expect(result).toMatchObject({
      stage: 'response',
      error: 'The target answered something that is not HTTP',
    });
  });

  it('tells of a port where nothing listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    const { port } = server.address() as AddressInfo;
    await new Promise((closed) => server.close(closed));
    const { result } = await run({ url: `http://127.0.0.1:${port}` });
    expect(result).toMatchObject({ delivered: false, stage: 'connect' });
    expect(result.error).toMatch(/ECONNREFUSED/);
  });

  it('tells of a name without an address', async () => {
    const { result } = await run({ url: 'https://nowhere.invalid/', deps: { resolve: noSuchName } });
    expect(result).toMatchObject({ delivered: false, stage: 'dns' });
    expect(result.error).toBe('Cannot find the address of nowhere.invalid (ENOTFOUND)');
  });

  it('tells of a name whose address may not be called, and calls nothing', async () => {
    const target = await startTarget();
    const { result } = await run({
      url: `https://inside.example:${target.port}/`,
      deps: { resolve: (_name, _options, done) => done(null, [{ address: '10.0.0.1', family: 4 }]) },
    });
    expect(result).toMatchObject({
      delivered: false,
      stage: 'dns',
      error: expect.stringMatching(/10\.0\.0\.1/),
    });
    expect(target.connectionCount).toBe(0);
  });

  it.each([
    'http://example.com/',
    'https://10.0.0.1/',
    'https://169.254.169.254/',
    'https://example.com:22/',
  ])('calls nothing for %s', async (url) => {
    const { result } = await run({ url, deps: { egress: createEgressPolicy({}) } });
    expect(result).toMatchObject({ delivered: false, stage: 'url' });
    expect(result.remedy).toMatch(/https/);
  });

  it('tells what the token server objects to, and sends nothing to the target', async () => {
    const tokens = await startHostileTokenServer();
    cleanUps.push(() => tokens.close());
    tokens.behaveAs(answer(503));
    const target = await startTarget();
    const auth: OutboundAuthInput[] = [
      {
        type: 'oauth2',
        tokenUrl: tokens.url,
        clientId: 'c',
        clientAuthentication: 'post',
        clientSecret: 's',
      },
    ];
    const { result } = await run({ url: target.url, auth });
    expect(result).toMatchObject({ delivered: false, stage: 'token', error: expect.stringMatching(/503/) });
    expect(target.requests).toEqual([]);
    tokens.behaveAs(undefined);
    expect((await run({ url: target.url, auth })).result).toMatchObject({ delivered: true });
    expect(target.requests[0]?.headers['authorization']).toBe('Bearer token-2');
    expect(tokens.asked).toHaveLength(2);
  });

  it('tells of credentials that cannot be opened', async () => {
    const target = await startTarget();
    const openSecret = async (): Promise<string> => {
      throw new AppError('vault.unknown-key', 'Cannot open', { retryable: false });
    };
    const auth: OutboundAuthInput[] = [{ type: 'secret', name: 'X-Key', in: 'header', value: 'v' }];
    const { result } = await run({ url: target.url, auth, deps: { openSecret } });
    expect(result).toMatchObject({ delivered: false, stage: 'request' });
    expect(target.requests).toEqual([]);
  });
});

const noSuchName: ResolveName = (_name, _options, done) =>
  done(Object.assign(new Error('No such name'), { code: 'ENOTFOUND' }), []);
