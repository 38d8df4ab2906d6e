import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { systemClock } from '@earshot/domain';
import { Provider, type ClientMetadata, type Configuration, type JWK } from 'oidc-provider';
import { Agent, fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CLIENT_AUTH,
  createTestAuthority,
  SERVER_AUTH,
  type TestAuthority,
  type TestCertificate,
} from '../../testing/test-certificates.ts';
import { createOutboundAuth } from './create-outbound-auth.ts';
import type { OAuth2Input, OutboundAuthInput } from './outbound-input.ts';
import type { OutboundAuth, OutboundRequest } from './outbound-request.ts';
import { prepareOutboundAuth } from './prepare-outbound-auth.ts';

/** With every character that a header or a form writes in another way. */
const SECRET = 'pass:word+%&/= ~"';
const request: OutboundRequest = {
  url: new URL('https://hooks.example.com/'),
  headers: { 'content-type': 'application/json' },
  body: '{}',
  webhookId: 'msg_1',
  timestampSeconds: 1_700_000_000,
};

let root: TestAuthority;
let client: TestCertificate;
let server: TokenServer;
const agents: Agent[] = [];

interface TokenServer {
  readonly tokenUrl: string;
  /** The client a token was issued to and its scope; undefined for a token that is none. */
  inspect(token: string): Promise<{ clientId: string | undefined; scope: string | undefined } | undefined>;
  close(): Promise<void>;
}

/** What a client signs its assertions with, by the name of the algorithm. */
const keys = {
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  ES512: generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  Ed25519: generateKeyPairSync('ed25519'),
};
const algorithms = ['RS256', 'ES256', 'ES384', 'ES512', 'Ed25519'] as const;

beforeAll(async () => {
  root = await createTestAuthority({ commonName: 'Root' });
  client = await root.issue({ commonName: 'Client', purposes: [CLIENT_AUTH] });
  server = await startTokenServer(await root.issue({ purposes: [SERVER_AUTH] }), root.pem);
});
afterAll(async () => {
  await Promise.all(agents.map((agent) => agent.close()));
  await server.close();
});

async function startTokenServer(own: TestCertificate, ca: string): Promise<TokenServer> {
  const https = createServer({
    cert: own.pem,
    key: own.privateKeyPem,
    ca,
    requestCert: true,
    rejectUnauthorized: false,
  });
  https.listen(0, 'localhost');
  await once(https, 'listening');
  const issuer = `https://localhost:${(https.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, configurationOf());
  const answer = provider.callback();
  https.on('request', (asked, response) => {
    answer(asked, response).catch((error: Error) => response.destroy(error));
  });
  return {
    tokenUrl: `${issuer}/token`,
    async inspect(token) {
      const found = await provider.ClientCredentials.find(token);
      return found && { clientId: found.clientId, scope: found.scope };
    },
    async close() {
      https.closeAllConnections();
      https.close();
      await once(https, 'close');
    },
  };
}

function configurationOf(): Configuration {
  const common = { grant_types: ['client_credentials'], redirect_uris: [], response_types: [] };
  const assertion = algorithms.map((algorithm): ClientMetadata => ({
    ...common,
    client_id: `jwt ${algorithm}`,
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: algorithm,
    jwks: { keys: [publicJwk(algorithm)] },
  }));
  return {
    scopes: ['hooks:write', 'hooks:read'],
    clients: [
      {
        ...common,
        client_id: 'basic:1',
        client_secret: SECRET,
        token_endpoint_auth_method: 'client_secret_basic',
      },
      {
        ...common,
        client_id: 'post',
        client_secret: SECRET,
        token_endpoint_auth_method: 'client_secret_post',
      },
      {
        ...common,
        client_id: 'tls',
        token_endpoint_auth_method: 'tls_client_auth',
        tls_client_auth_subject_dn: 'CN=Client',
      },
      ...assertion,
    ],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'tls_client_auth'],
    enabledJWA: { clientAuthSigningAlgValues: [...algorithms] },
    ttl: { ClientCredentials: 600 },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      mTLS: {
        enabled: true,
        tlsClientAuth: true,
        getCertificate: ({ socket }) => {
          const raw = socket instanceof TLSSocket ? socket.getPeerCertificate().raw : undefined;
          return raw === undefined ? undefined : new X509Certificate(raw).toString();
        },
        certificateAuthorized: ({ socket }) => socket instanceof TLSSocket && socket.authorized,
        certificateSubjectMatches: ({ socket }, property, expected) =>
          socket instanceof TLSSocket &&
          property === 'tls_client_auth_subject_dn' &&
          `CN=${String(socket.getPeerCertificate().subject.CN)}` === expected,
      },
    },
  };
}

function publicJwk(algorithm: (typeof algorithms)[number]): JWK {
  const { kty = '', ...key } = keys[algorithm].publicKey.export({ format: 'jwk' });
  return { ...key, kty, kid: 'one', use: 'sig' };
}

/** Prepared as an endpoint is, with sockets of the identity the strategies give. */
async function authOf(inputs: readonly OutboundAuthInput[]): Promise<OutboundAuth> {
  const prepared = prepareOutboundAuth(inputs, Date.now());
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
  const secrets = new Map(prepared.secrets.map(({ kind, value }) => [kind, value]));
  const auth: OutboundAuth = createOutboundAuth(prepared.configs, async (kind) => secrets.get(kind) ?? '', {
    clock: systemClock,
    fetch: async (url, init) => {
      const agent = new Agent({ connect: (await auth.tokenTls()) ?? {} });
      agents.push(agent);
      return fetch(url, { ...init, dispatcher: agent });
    },
  });
  return auth;
}

function oauth2(
  given: Partial<OAuth2Input> & Pick<OAuth2Input, 'clientId' | 'clientAuthentication'>,
): OAuth2Input {
  return { type: 'oauth2', tokenUrl: server.tokenUrl, ...given };
}

const ca = (): OutboundAuthInput => ({ type: 'ca', certificates: root.pem });
const mtls = (): OutboundAuthInput => ({
  type: 'mtls',
  certificate: client.pem,
  privateKey: client.privateKeyPem,
});
const tokenOf = ({ headers }: OutboundRequest): string =>
  headers['authorization']?.replace('Bearer ', '') ?? '';

describe('createOutboundAuth against a token server', () => {
  const table = [
    {
      want: 'basic:1',
      given: () => [
        ca(),
        oauth2({ clientId: 'basic:1', clientAuthentication: 'basic', clientSecret: SECRET }),
      ],
    },
    {
      want: 'post',
      given: () => [oauth2({ clientId: 'post', clientAuthentication: 'post', clientSecret: SECRET }), ca()],
    },
    { want: 'tls', given: () => [oauth2({ clientId: 'tls', clientAuthentication: 'tls' }), mtls(), ca()] },
    ...algorithms.map((algorithm) => ({
      want: `jwt ${algorithm}`,
      given: () => [
        ca(),
        oauth2({
          clientId: `jwt ${algorithm}`,
          clientAuthentication: 'private_key_jwt',
          keyId: 'one',
          privateKey: keys[algorithm].privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
        }),
      ],
    })),
  ];
  it.each(table)('gets a token as client $want', async ({ want, given }) => {
    const auth = await authOf(given());
    expect(await server.inspect(tokenOf(await auth.apply(request)))).toMatchObject({ clientId: want });
  });

  it('asks for the scopes', async () => {
    const given = { clientId: 'post', clientAuthentication: 'post', clientSecret: SECRET } as const;
    const auth = await authOf([ca(), oauth2({ ...given, scope: 'hooks:write hooks:read' })]);
    expect(await server.inspect(tokenOf(await auth.apply(request)))).toMatchObject({
      scope: 'hooks:write hooks:read',
    });
  });

  it('uses a token again, and another one after the endpoint refused it', async () => {
    const auth = await authOf([
      ca(),
      oauth2({ clientId: 'post', clientAuthentication: 'post', clientSecret: SECRET }),
    ]);
    const first = await auth.apply(request);
    expect(tokenOf(await auth.apply(request))).toBe(tokenOf(first));
    expect(await auth.renew(first)).toBe(true);
    const second = await auth.apply(request);
    expect(tokenOf(second)).not.toBe(tokenOf(first));
    expect(await auth.renew(first)).toBe(true);
    expect(tokenOf(await auth.apply(request))).toBe(tokenOf(second));
  });

  const refused = [
    {
      given: { clientId: 'post', clientAuthentication: 'post', clientSecret: 'wrong-secret' },
      want: 'invalid_client',
    },
    {
      given: { clientId: 'nobody', clientAuthentication: 'basic', clientSecret: SECRET },
      want: 'invalid_client',
    },
    {
      given: { clientId: 'jwt ES256', clientAuthentication: 'post', clientSecret: SECRET },
      want: 'invalid_client',
    },
  ] as const;
  it.each(refused)('tells why $given.clientId gets none', async ({ given, want }) => {
    const auth = await authOf([ca(), oauth2(given)]);
    await expect(auth.apply(request)).rejects.toMatchObject({
      code: 'auth.token-refused',
      retryable: false,
      publicMessage: `Cannot get access token: token server answered 401 ${want}`,
      remedy: expect.stringContaining('clientId'),
    });
  });

  it('trusts no authority that it was not given', async () => {
    const auth = await authOf([
      oauth2({ clientId: 'post', clientAuthentication: 'post', clientSecret: SECRET }),
    ]);
    await expect(auth.apply(request)).rejects.toMatchObject({
      code: 'auth.token-unreachable',
      retryable: true,
      publicMessage: expect.stringContaining('SELF_SIGNED_CERT_IN_CHAIN'),
      remedy: expect.stringContaining('strategy of type ca'),
    });
  });
});
