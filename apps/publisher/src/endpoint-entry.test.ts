import { once } from 'node:events';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { createEgressPolicy, prepareOutboundAuth, type OutboundAuthInput } from '@earshot/auth';
import {
  CLIENT_AUTH,
  createTestAuthority,
  SERVER_AUTH,
  type TestAuthority,
  type TestCertificate,
} from '@earshot/auth/testing';
import { sampleEndpoint } from '@earshot/storage/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEndpointEntry, type EndpointEntry } from './endpoint-entry.ts';
import { post } from './post.ts';

const options = { userAgent: 'Earshot/test', nowMs: Date.now(), signal: new AbortController().signal };
const message = { sequence: 1, webhookId: 'msg_abc', body: '{}' };

interface Got {
  readonly headers: IncomingHttpHeaders;
  /** Of the client certificate. */
  readonly client: unknown;
}

let root: TestAuthority;
let own: TestCertificate;
let client: TestCertificate;
let target: { readonly url: string; readonly got: Got[] };
let tokens: { readonly url: string; readonly got: Got[] };
const cleanUps: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  root = await createTestAuthority({ commonName: 'Root' });
  own = await root.issue({ purposes: [SERVER_AUTH] });
  client = await root.issue({ commonName: 'Client', purposes: [CLIENT_AUTH] });
  target = await serve((_request, response) => response.end());
  tokens = await serve((_request, response) => {
    const token = { access_token: 'granted', token_type: 'Bearer', expires_in: 600 };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(token));
  });
});
afterAll(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
});

/** A server that wants a client certificate of the authority. */
async function serve(answer: RequestListener): Promise<{ url: string; got: Got[] }> {
  const got: Got[] = [];
  const server = createServer({ cert: own.pem, key: own.privateKeyPem, ca: root.pem, requestCert: true });
  server.on('request', (request, response) => {
    const { headers, socket } = request;
    got.push({
      headers,
      client: socket instanceof TLSSocket ? socket.getPeerCertificate().subject.CN : undefined,
    });
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return { url: `https://localhost:${(server.address() as AddressInfo).port}/`, got };
}

/** An endpoint with what was prepared of its strategies; the vault is left out. */
async function entryOf(
  inputs: readonly OutboundAuthInput[],
  allowCidrs = ['127.0.0.0/8'],
): Promise<EndpointEntry> {
  const prepared = prepareOutboundAuth(inputs, Date.now());
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
  const endpoint = sampleEndpoint({ url: target.url, policy: 'realtime', auth: prepared.configs });
  const sealed = prepared.secrets.map(({ kind, value }) => ({ kind, sealed: Buffer.from(value) }));
  const entry = await openEndpointEntry(
    {
      endpoints: { getSecrets: async () => sealed },
      openSecret: async (_tenantId, _recordId, text) => Buffer.from(text).toString(),
      egress: createEgressPolicy({ allowCidrs }),
      inFlightMax: 2,
    },
    endpoint,
  );
  cleanUps.push(() => entry.close());
  return entry;
}

const ca = (): OutboundAuthInput => ({ type: 'ca', certificates: root.pem });
const mtls = (): OutboundAuthInput => ({
  type: 'mtls',
  certificate: client.pem,
  privateKey: client.privateKeyPem,
});
const oauth2 = (tokenUrl: string): OutboundAuthInput => ({
  type: 'oauth2',
  tokenUrl,
  clientId: 'c',
  clientAuthentication: 'tls',
});

describe('openEndpointEntry', () => {
  it('shows the client certificate to the endpoint and to the token server, and trusts the authority for both', async () => {
    const entry = await entryOf([ca(), mtls(), oauth2(tokens.url), { type: 'signature' }]);
    expect(await post({ ...entry, timeoutMs: 5000 }, message, options)).toMatchObject({
      type: 'answered',
      status: 200,
    });
    expect(tokens.got).toMatchObject([{ client: 'Client' }]);
    expect(target.got).toMatchObject([
      {
        client: 'Client',
        headers: { authorization: 'Bearer granted', 'webhook-signature': expect.any(String) },
      },
    ]);
  });

  const refused = [
    { without: 'an authority for the endpoint', given: () => [mtls()], want: 'SELF_SIGNED_CERT_IN_CHAIN' },
    {
      without: 'a way to the token server',
      given: () => [ca(), mtls(), oauth2('https://10.0.0.1/token')],
      want: 'auth.token-unreachable',
    },
  ];
  it.each(refused)('sends nothing without $without', async ({ given, want }) => {
    const before = target.got.length;
    const entry = await entryOf(given());
    expect(await post({ ...entry, timeoutMs: 5000 }, message, options)).toMatchObject({
      type: 'broken',
      cause: { code: want },
    });
    expect(target.got).toHaveLength(before);
  });

  it('judges the address of the token server like that of the endpoint', async () => {
    const entry = await entryOf([ca(), mtls(), oauth2('https://169.254.169.254/latest')]);
    const outcome = await post({ ...entry, timeoutMs: 5000 }, message, options);
    expect(outcome).toMatchObject({
      type: 'broken',
      cause: { message: expect.stringContaining('webhook.egress-refused') },
    });
  });
});
