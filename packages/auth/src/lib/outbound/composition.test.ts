import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { systemClock } from '@earshot/domain';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { Agent, request as send } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CLIENT_AUTH,
  createTestAuthority,
  SERVER_AUTH,
  type TestAuthority,
  type TestCertificate,
} from '../../testing/test-certificates.ts';
import { createOutboundAuth } from './create-outbound-auth.ts';
import { describeOutboundAuth } from './describe-outbound-auth.ts';
import type { OutboundAuthInput } from './outbound-input.ts';
import type { OutboundAuth, OutboundRequest } from './outbound-request.ts';
import { prepareOutboundAuth } from './prepare-outbound-auth.ts';

// The same cases in every run: a search for new ones is made on purpose, with another seed.
fc.configureGlobal({ seed: 20_261_123 });

const SIGNING_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
let root: TestAuthority;
let client: TestCertificate;
let all: readonly OutboundAuthInput[];
const cleanUps: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  root = await createTestAuthority({ commonName: 'Root' });
  client = await root.issue({ commonName: 'Client', purposes: [CLIENT_AUTH] });
  all = [
    { type: 'ca', certificates: root.pem },
    { type: 'mtls', certificate: client.pem, privateKey: client.privateKeyPem },
    { type: 'secret', name: 'X-Key', in: 'header', value: 'in a header' },
    { type: 'secret', name: 'key', in: 'query', value: 'in a query' },
    {
      type: 'oauth2',
      tokenUrl: 'https://auth.example.com/',
      clientId: 'c',
      clientAuthentication: 'post',
      clientSecret: 'of the client',
    },
    { type: 'signature', secret: SIGNING_SECRET },
  ];
});
afterAll(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
});

function authOf(inputs: readonly OutboundAuthInput[]): OutboundAuth {
  const prepared = prepareOutboundAuth(inputs, Date.now());
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
  const secrets = new Map(prepared.secrets.map(({ kind, value }) => [kind, value]));
  return createOutboundAuth(prepared.configs, async (kind) => secrets.get(kind) ?? '', {
    clock: systemClock,
    fetch: async () => Response.json({ access_token: 'granted', token_type: 'Bearer', expires_in: 600 }),
  });
}

function requestTo(url: string): OutboundRequest {
  const timestampSeconds = Math.floor(Date.now() / 1000);
  const headers = { 'content-type': 'application/json' };
  return { url: new URL(url), headers, body: '{"text":"hello"}', webhookId: 'msg_1', timestampSeconds };
}

/** A receiver that asks for a client certificate of the authority and tells what it got. */
async function startReceiver(): Promise<{ url: string; next: () => Promise<IncomingMessage> }> {
  const own = await root.issue({ purposes: [SERVER_AUTH] });
  const server = createServer({ cert: own.pem, key: own.privateKeyPem, ca: root.pem, requestCert: true });
  server.on('request', (_request, response) => response.end());
  server.listen(0, 'localhost');
  await once(server, 'listening');
  cleanUps.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}/hook?a=1`,
    async next() {
      const [got]: IncomingMessage[] = await once(server, 'request');
      if (got === undefined) throw new Error('no request');
      return got;
    },
  };
}

describe('createOutboundAuth', () => {
  it('composes any strategies in any order, and none changes what another does', async () => {
    const subsets = fc.shuffledSubarray([...all]);
    await fc.assert(
      fc.asyncProperty(subsets, async (inputs) => {
        const has = (type: OutboundAuthInput['type'], place?: string): boolean =>
          inputs.some((input) => input.type === type && (input.type !== 'secret' || input.in === place));
        const auth = authOf(inputs);
        const request = requestTo('https://hooks.example.com/hook?a=1');
        const before = structuredClone({ ...request, url: request.url.href });
        const sent = await auth.apply(request);

        expect({ ...request, url: request.url.href }).toEqual(before);
        expect({ ...sent, url: '', headers: {} }).toEqual({ ...before, url: '', headers: {} });
        expect(sent.url.href).toBe(`${before.url}${has('secret', 'query') ? '&key=in%20a%20query' : ''}`);
        const { 'webhook-signature': signature, ...headers } = sent.headers;
        expect(headers).toEqual({
          'content-type': 'application/json',
          ...(has('secret', 'header') ? { 'X-Key': 'in a header' } : {}),
          ...(has('oauth2') ? { authorization: 'Bearer granted' } : {}),
          ...(has('signature')
            ? { 'webhook-id': 'msg_1', 'webhook-timestamp': String(request.timestampSeconds) }
            : {}),
        });
        expect(signature !== undefined).toBe(has('signature'));
        if (has('signature')) new Webhook(SIGNING_SECRET).verify(sent.body, { ...sent.headers });

        const identity = await auth.tls();
        expect(Object.keys(identity ?? {}).toSorted()).toEqual([
          ...(has('ca') ? ['ca'] : []),
          ...(has('mtls') ? ['cert', 'key'] : []),
          ...(has('ca') || has('mtls') ? ['minVersion'] : []),
        ]);
        expect(await auth.renew(sent)).toBe(has('oauth2'));
      }),
      { numRuns: 200 },
    );
  });

  it('stores and describes no secret', () => {
    const prepared = prepareOutboundAuth(all, Date.now());
    if (!prepared.ok) throw new Error('not taken');
    const told = JSON.stringify([
      prepared.configs,
      prepared.configs.map((config) => describeOutboundAuth(config, Date.now())),
    ]);
    expect(prepared.secrets).toHaveLength(5);
    for (const { value } of prepared.secrets) expect(told).not.toContain(value);
    expect(told).not.toContain('PRIVATE KEY');
  });

  it('gets all of them together through a real TLS connection', async () => {
    const receiver = await startReceiver();
    const auth = authOf(all);
    const agent = new Agent({ connect: (await auth.tls()) ?? {} });
    cleanUps.push(() => agent.close());
    const { url, headers, body } = await auth.apply(requestTo(receiver.url));
    const [got, answer] = await Promise.all([
      receiver.next(),
      send(url, { dispatcher: agent, method: 'POST', headers, body }),
    ]);
    await answer.body.dump();
    expect(answer.statusCode).toBe(200);
    expect(got.url).toBe('/hook?a=1&key=in%20a%20query');
    expect(got.headers).toMatchObject({ authorization: 'Bearer granted', 'x-key': 'in a header' });
    expect(got.socket instanceof TLSSocket && got.socket.getPeerCertificate().subject).toMatchObject({
      CN: 'Client',
    });
    new Webhook(SIGNING_SECRET).verify(body, { ...headers });
  });

  it.each([
    { without: 'ca', given: ['mtls'], want: 'SELF_SIGNED_CERT_IN_CHAIN' },
    {
      without: 'mtls',
      given: ['ca'],
      want: /ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED|UND_ERR_SOCKET|ECONNRESET|EPIPE/,
    },
  ])('cannot send to such a receiver without $without', async ({ given, want }) => {
    const receiver = await startReceiver();
    const auth = authOf(all.filter(({ type }) => given.includes(type)));
    const agent = new Agent({ connect: (await auth.tls()) ?? {} });
    cleanUps.push(() => agent.destroy());
    const { url, headers, body } = await auth.apply(requestTo(receiver.url));
    await expect(send(url, { dispatcher: agent, method: 'POST', headers, body })).rejects.toMatchObject({
      code: expect.stringMatching(want),
    });
  });

  it('trusts the authorities of the system beside its own for the token server only', async () => {
    const auth = authOf(all);
    expect((await auth.tls())?.ca).toBe(root.pem);
    expect((await auth.tokenTls())?.ca?.startsWith(root.pem)).toBe(true);
    expect((await auth.tokenTls())?.ca?.match(/BEGIN CERTIFICATE/g)?.length).toBeGreaterThan(10);
    expect(await authOf([]).tokenTls()).toBeUndefined();
  });
});
