import { describe, expect, it } from 'vitest';
import { ENDPOINTS, gatewayUnderTest } from '../../testing/gateway-under-test.ts';

const SECRET = 'correct horse battery staple';
const auth = { type: 'secret', name: 'x-transcript-token', in: 'header' };

describe('POST endpoints 201', () => {
  it('fills in the defaults', async () => {
    const { post } = await gatewayUnderTest();
    const response = await post(ENDPOINTS, {
      name: 'agent assist',
      url: 'https://transcripts.example.com/hook',
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'agent assist',
      url: 'https://transcripts.example.com/hook',
      enabled: true,
      state: 'active',
      policy: 'realtime',
      pendingMax: 100,
      pendingAgeMaxMs: 30_000,
      timeoutMs: 5000,
      partials: false,
      headOfLine: 'block',
      skipAfterAttempts: 5,
      operationalEvents: false,
      auth: [],
      circuit: { state: 'closed' },
      createdAt: '2026-11-23T12:00:00.000Z',
      updatedAt: '2026-11-23T12:00:00.000Z',
    });
  });

  it('seals the secret for this endpoint and never shows it', async () => {
    const { post, get, endpoints, lines } = await gatewayUnderTest();
    const body = { name: 'a', url: 'https://transcripts.example.com/', auth: { ...auth, value: SECRET } };
    const answer = await (await post(ENDPOINTS, body)).text();
    const { id, auth: shown } = JSON.parse(answer) as { id: string; auth: unknown };
    expect(shown).toEqual([auth]);
    const [secret] = endpoints.secrets.get(id) ?? [];
    expect(secret?.kind).toBe('auth-secret');
    const record = `sealed tenant-1 endpoint:${id}:auth-secret ${SECRET.length}`;
    expect(Buffer.from(secret?.sealed ?? []).toString()).toBe(record);
    const shownAgain = await (await get(`${ENDPOINTS}/${id}`)).text();
    expect([answer, shownAgain, ...lines].filter((text) => text.includes(SECRET))).toEqual([]);
  });

  it('accepts a private http target where the deployment allows it', async () => {
    const { post } = await gatewayUnderTest({ egressAllow: ['127.0.0.0/8'] });
    expect((await post(ENDPOINTS, { name: 'a', url: 'http://127.0.0.1:4000/hook' })).status).toBe(201);
  });
});
