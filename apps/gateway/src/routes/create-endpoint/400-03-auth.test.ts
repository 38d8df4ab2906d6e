import { createTestAuthority } from '@earshot/auth/testing';
import { describe, expect, it } from 'vitest';
import { ACCEPTED_AT_MS, ENDPOINTS, gatewayUnderTest } from '../../testing/gateway-under-test.ts';
import { readProblem } from '../../testing/read-problem.ts';

const DAY_MS = 86_400_000;

describe('POST endpoints 400-03 for strategies', async () => {
  const valid = { notBeforeMs: ACCEPTED_AT_MS - DAY_MS, notAfterMs: ACCEPTED_AT_MS + DAY_MS };
  const authority = await createTestAuthority(valid);
  const client = await authority.issue(valid);
  const other = await authority.issue(valid);
  const expired = await authority.issue({ ...valid, notAfterMs: ACCEPTED_AT_MS - 1 });
  const mtls = { type: 'mtls', certificate: client.pem, privateKey: client.privateKeyPem };
  const oauth2 = {
    type: 'oauth2',
    tokenUrl: 'https://login.example.com/token',
    clientId: 'a',
    clientAuthentication: 'basic',
    clientSecret: 'b',
  };

  const refused: readonly { given: string; auth: unknown; pointer: string; want: string }[] = [
    {
      given: 'text that is no certificate',
      auth: { type: 'ca', certificates: 'hello' },
      pointer: '/auth/certificates',
      want: 'PEM',
    },
    {
      given: 'an authority without the CA flag',
      auth: [{ type: 'ca', certificates: client.pem }],
      pointer: '/auth/0/certificates',
      want: 'CA',
    },
    {
      given: 'a certificate that has expired',
      auth: { ...mtls, certificate: expired.pem, privateKey: expired.privateKeyPem },
      pointer: '/auth/certificate',
      want: 'expired',
    },
    {
      given: 'the key of another certificate',
      auth: [{ type: 'signature' }, { ...mtls, privateKey: other.privateKeyPem }],
      pointer: '/auth/1/privateKey',
      want: 'must belong to the certificate',
    },
    {
      given: 'a token server inside',
      auth: { ...oauth2, tokenUrl: 'https://169.254.169.254/token' },
      pointer: '/auth/tokenUrl',
      want: 'of a public host',
    },
    {
      given: 'tls to the token server without a certificate',
      auth: { ...oauth2, clientAuthentication: 'tls', clientSecret: undefined },
      pointer: '/auth/clientAuthentication',
      want: 'mtls',
    },
    {
      given: 'two signatures',
      auth: [{ type: 'signature' }, { type: 'signature' }],
      pointer: '/auth/1/type',
      want: 'must be the only strategy of type signature',
    },
    {
      given: 'an unknown strategy',
      auth: { type: 'basic' },
      pointer: '/auth/type',
      want: 'must be "secret", "ca", "mtls", "oauth2" or "signature"',
    },
  ];

  it.each(refused)('points at $pointer for $given', async ({ auth, pointer, want }) => {
    const { post, endpoints } = await gatewayUnderTest();
    const problem = await readProblem(
      await post(ENDPOINTS, { name: 'a', url: 'https://example.com/', auth }),
    );
    expect(problem).toMatchObject({ status: 400, code: '400-03' });
    expect(problem.problems).toContainEqual({ pointer, message: expect.stringContaining(want) });
    expect(endpoints.secrets.size).toBe(0);
  });

  it('refuses certificates where nothing is reached by TLS, and takes them for an https token server', async () => {
    const { post, send, endpoints } = await gatewayUnderTest({ egressAllow: ['127.0.0.0/8'] });
    const http = { name: 'a', url: 'http://127.0.0.1:9000/' };
    const unused = [{ pointer: '/url', message: expect.stringContaining('https') }];
    for (const auth of [[mtls], [{ type: 'ca', certificates: authority.pem }, { type: 'signature' }]]) {
      const problem = await readProblem(await post(ENDPOINTS, { ...http, auth }));
      expect(problem).toMatchObject({ code: '400-03', problems: unused });
    }
    expect(endpoints.secrets.size).toBe(0);
    expect((await post(ENDPOINTS, { ...http, auth: [mtls, oauth2] })).status).toBe(201);

    const created = await post(ENDPOINTS, { name: 'b', url: 'https://example.com/', auth: [mtls] });
    const { id } = (await created.json()) as { id: string };
    const moved = await readProblem(await send('PATCH', `${ENDPOINTS}/${id}`, { url: http.url }));
    expect(moved).toMatchObject({ code: '400-03', problems: unused });
  });

  it('quotes no secret in a refusal', async () => {
    const { post, lines } = await gatewayUnderTest();
    const privateKey = `-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----`;
    const auth = [
      { ...mtls, privateKey, passphrase: 'canary' },
      { ...oauth2, clientSecret: 'canary\u0007' },
    ];
    const body = { name: 'a', url: 'https://example.com/', auth };
    const text = await (await post(ENDPOINTS, body)).text();
    expect([text, ...lines].filter((shown) => shown.includes('canary'))).toEqual([]);
    expect(text).toContain('/auth/');
  });
});
