import { createTestAuthority } from '@earshot/auth/testing';
import { describe, expect, it } from 'vitest';
import { ACCEPTED_AT_MS, ENDPOINTS, gatewayUnderTest } from '../../testing/gateway-under-test.ts';

const DAY_MS = 86_400_000;
const SECRETS = { value: 'correct horse', clientSecret: 'battery staple' };

describe('POST endpoints 201 with several strategies', () => {
  it('answers what certificates say and how long they last, and no secret', async () => {
    const valid = { notBeforeMs: ACCEPTED_AT_MS - DAY_MS, notAfterMs: ACCEPTED_AT_MS + 40 * DAY_MS };
    const authority = await createTestAuthority(valid);
    const client = await authority.issue({ ...valid, commonName: 'earshot' });
    const { post, get, endpoints, lines } = await gatewayUnderTest();
    const response = await post(ENDPOINTS, {
      name: 'a',
      url: 'https://example.com/',
      auth: [
        { type: 'ca', certificates: authority.pem },
        { type: 'mtls', certificate: client.pem, privateKey: client.privateKeyPem },
        {
          type: 'oauth2',
          tokenUrl: 'https://login.example.com/token',
          clientId: 'earshot',
          clientAuthentication: 'basic',
          clientSecret: SECRETS.clientSecret,
          scope: 'write',
        },
        { type: 'secret', name: 'x-token', in: 'query', value: SECRETS.value },
        { type: 'signature' },
      ],
    });
    const text = await response.text();
    expect({ status: response.status, text }).toMatchObject({ status: 201 });
    const answer = JSON.parse(text) as { id: string; signingSecret: string; auth: object[] };
    expect(answer.auth).toEqual([
      { type: 'ca', certificates: [expect.objectContaining({ subject: 'CN=Test authority', daysLeft: 40 })] },
      {
        type: 'mtls',
        certificate: {
          subject: 'CN=earshot',
          issuer: 'CN=Test authority',
          notAfter: '2027-01-02T12:00:00.000Z',
          daysLeft: 40,
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      },
      {
        type: 'oauth2',
        tokenUrl: 'https://login.example.com/token',
        clientId: 'earshot',
        clientAuthentication: 'basic',
        scope: 'write',
      },
      { type: 'secret', name: 'x-token', in: 'query' },
      { type: 'signature' },
    ]);
    expect(answer.signingSecret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const kinds = endpoints.secrets.get(answer.id)?.map(({ kind }) => kind);
    expect(kinds).toEqual(['auth-secret-2', 'auth-secret-3', 'auth-secret-4', 'signing-secret-1']);

    const shownAgain = await (await get(`${ENDPOINTS}/${answer.id}`)).text();
    const hidden = [...Object.values(SECRETS), client.privateKeyPem.split('\n')[1] ?? 'none'];
    for (const secret of hidden) {
      expect([text, shownAgain, ...lines].filter((shown) => shown.includes(secret))).toEqual([]);
    }
    expect([shownAgain, ...lines].filter((shown) => shown.includes(answer.signingSecret))).toEqual([]);
  });

  it('takes a signing secret of the caller and does not show it again', async () => {
    const { post } = await gatewayUnderTest();
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    const body = { name: 'a', url: 'https://example.com/', auth: { type: 'signature', secret } };
    const answer: unknown = await (await post(ENDPOINTS, body)).json();
    expect(answer).toMatchObject({ auth: [{ type: 'signature' }] });
    expect(answer).not.toHaveProperty('signingSecret');
  });
});
