import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { OAuth2Config } from './outbound-config.ts';
import { requestToken, type FetchedToken, type TokenFetch, type TokenFetchInit } from './request-token.ts';
import { TokenError } from './token-error.ts';

const SECRET = 'hunter2-secret';
const config: OAuth2Config = {
  type: 'oauth2',
  tokenUrl: 'https://auth.example.com/token?tenant=1',
  clientId: 'client',
  clientAuthentication: 'post',
};

const ask = (fetch: TokenFetch, given: Partial<OAuth2Config> = {}): Promise<FetchedToken> =>
  requestToken({ ...config, ...given }, async () => SECRET, fetch);
const answering = (status: number, body: string): TokenFetch => {
  return async () => new Response(body, { status });
};

async function failureOf(asked: Promise<unknown>): Promise<TokenError> {
  const error = await asked.catch((caught: unknown) => caught);
  if (!(error instanceof TokenError)) throw new Error(`not a TokenError: ${inspect(error)}`);
  expect(inspect(error, { depth: 20 })).not.toContain(SECRET);
  return error;
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('requestToken', () => {
  it('posts the grant with scope and audience to the token URL as written and follows no redirect', async () => {
    const sent: { url: string; init: TokenFetchInit }[] = [];
    const token = await ask(
      async (url, init) => {
        sent.push({ url, init });
        return Response.json({ access_token: 'abc', token_type: 'bearer', expires_in: 600 });
      },
      { scope: 'a b', audience: 'https://hooks.example.com/' },
    );
    expect(token).toEqual({ token: 'abc', lifeMs: 600_000 });
    expect(sent).toMatchObject([{ url: config.tokenUrl, init: { method: 'POST', redirect: 'manual' } }]);
    expect(Object.fromEntries(sent[0]?.init.body ?? [])).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client',
      client_secret: SECRET,
      scope: 'a b',
      audience: 'https://hooks.example.com/',
    });
  });

  const refusals = [
    {
      given: [400, '{"error":"invalid_client"}'],
      code: 'auth.token-refused',
      retryable: false,
      remedy: 'clientId',
    },
    {
      given: [400, '{"error":"invalid_scope"}'],
      code: 'auth.token-refused',
      retryable: false,
      remedy: 'scopes',
    },
    {
      given: [400, '{"error":"unauthorized_client"}'],
      code: 'auth.token-refused',
      retryable: false,
      remedy: 'grant',
    },
    {
      given: [403, '{"error":"access_denied"}'],
      code: 'auth.token-refused',
      retryable: false,
      remedy: 'audience',
    },
    { given: [401, '<html>'], code: 'auth.token-refused', retryable: false, remedy: 'clientId' },
    { given: [404, ''], code: 'auth.token-refused', retryable: false, remedy: 'tokenUrl' },
    { given: [301, ''], code: 'auth.token-refused', retryable: false, remedy: 'not followed' },
    { given: [429, ''], code: 'auth.token-unavailable', retryable: true, remedy: 'rate limit' },
    {
      given: [503, '{"error":"temporarily_unavailable"}'],
      code: 'auth.token-unavailable',
      retryable: true,
      remedy: 'Wait',
    },
    {
      given: [400, `{"error":"${SECRET}"}`],
      code: 'auth.token-refused',
      retryable: false,
      remedy: 'settings',
    },
    {
      given: [400, `{"error":"invalid_client","error_description":"${SECRET}"}`],
      code: 'auth.token-refused',
      retryable: false,
      remedy: 'clientId',
    },
    { given: [400, 'null'], code: 'auth.token-refused', retryable: false, remedy: 'tokenUrl' },
  ] as const;
  it.each(refusals)(
    'answers $given with $code and a remedy, quoting nothing of it',
    async ({ given, ...want }) => {
      const error = await failureOf(ask(answering(given[0], given[1])));
      expect(error).toMatchObject({ code: want.code, retryable: want.retryable, status: given[0] });
      expect(error.remedy).toContain(want.remedy);
    },
  );

  const malformed = [
    '',
    'null',
    '[]',
    '<html>',
    '{"token_type":"Bearer"}',
    '{"access_token":"abc"}',
    '{"access_token":"abc","token_type":"mac"}',
    '{"access_token":"abc","token_type":"DPoP"}',
    '{"access_token":"a b","token_type":"Bearer"}',
    '{"access_token":"a\\r\\nHost: b","token_type":"Bearer"}',
    '{"access_token":"abc","token_type":"Bearer","expires_in":-1}',
    '{"access_token":"abc","token_type":"Bearer","expires_in":"soon"}',
    `{"access_token":"${'a'.repeat(16_385)}","token_type":"Bearer"}`,
    `{"access_token":"${SECRET} ","token_type":"Bearer"}`,
  ];
  it.each(malformed)('takes no token from %j', async (body) => {
    const error = await failureOf(ask(answering(200, body)));
    expect(error).toMatchObject({ code: 'auth.token-malformed', retryable: false });
  });

  it('reads no more than 65536 bytes of an answer', async () => {
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new Uint8Array(16 * 1024));
      },
      cancel() {
        cancelled = true;
      },
    });
    const error = await failureOf(ask(async () => new Response(endless)));
    expect(error).toMatchObject({
      code: 'auth.token-malformed',
      message: 'Cannot get access token: answer of token server exceeds limit 65536 bytes',
    });
    expect(cancelled).toBe(true);
  });

  it('gives up when the time is over, also in the middle of an answer', async () => {
    const deadline = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(deadline.signal);
    const half = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"access_')),
      pull(controller) {
        deadline.abort(new DOMException('over', 'TimeoutError'));
        controller.error(deadline.signal.reason);
      },
    });
    const error = await failureOf(ask(async () => new Response(half)));
    expect(error).toMatchObject({ code: 'auth.token-timed-out', retryable: true });
    expect(AbortSignal.timeout).toHaveBeenCalledWith(10_000);
  });

  const broken = [
    { given: 'ENOTFOUND', remedy: 'no such name' },
    { given: 'CERT_HAS_EXPIRED', remedy: 'Renew' },
    { given: 'ERR_TLS_CERT_ALTNAME_INVALID', remedy: 'another host' },
    { given: 'webhook.egress-refused', remedy: 'egress rules' },
    { given: 'UND_ERR_SOCKET', remedy: 'Check the host of tokenUrl' },
  ];
  it.each(broken)('tells $given and what can be done about it', async ({ given, remedy }) => {
    const cause = Object.assign(new Error('inner'), { code: given });
    const error = await failureOf(ask(() => Promise.reject(new TypeError('fetch failed', { cause }))));
    expect(error.publicMessage).toBe(`Cannot get access token: connection to token server failed (${given})`);
    expect(error.remedy).toContain(remedy);
  });

  it('passes on a failure to open the secret', async () => {
    const open = (): Promise<string> => Promise.reject(new Error('vault is away'));
    await expect(requestToken(config, open, answering(200, ''))).rejects.toThrow('vault is away');
  });
});
