import { describe, expect, it } from 'vitest';
import { systemClock } from '@earshot/domain';
import { isHeaderValue, isSettableHeaderName } from './header-field.ts';
import { createOutboundAuth } from './create-outbound-auth.ts';
import type { NamedSecretConfig, OutboundAuthConfig } from './outbound-config.ts';
import type { OutboundRequest } from './outbound-request.ts';

const header = (name: string): NamedSecretConfig => ({ type: 'secret', name, in: 'header' });
const query = (name: string): NamedSecretConfig => ({ type: 'secret', name, in: 'query' });
const options = { fetch, clock: systemClock };
const requestTo = (url: string, headers = {}): OutboundRequest => ({
  url: new URL(url),
  headers,
  body: '{}',
  webhookId: 'msg_1',
  timestampSeconds: 1_700_000_000,
});
const apply = (configs: OutboundAuthConfig[], url: string, headers = {}, secret = 'hunter2') =>
  createOutboundAuth(configs, () => Promise.resolve(secret), options).apply(requestTo(url, headers));

describe('createOutboundAuth', () => {
  it('sets the secret in a header', async () => {
    const { url, headers } = await apply([header('X-Api-Key')], 'https://h/p?a=1', { accept: '*/*' });
    expect(url.href).toBe('https://h/p?a=1');
    expect(headers).toEqual({ accept: '*/*', 'X-Api-Key': 'hunter2' });
  });

  it('replaces a header of that name in another case', async () => {
    const { headers } = await apply([header('X-Api-Key')], 'https://h/', { 'x-api-key': 'old' });
    expect(headers).toEqual({ 'X-Api-Key': 'hunter2' });
  });

  const queries = [
    { given: 'https://h/p', want: 'https://h/p?key=a%26b%20c' },
    { given: 'https://h/p?', want: 'https://h/p?key=a%26b%20c' },
    { given: 'https://h/p?sig=a%20b+c', want: 'https://h/p?sig=a%20b+c&key=a%26b%20c' },
    { given: 'https://h/p?x=1#frag', want: 'https://h/p?x=1&key=a%26b%20c#frag' },
  ];
  it.each(queries)(
    'appends to $given and leaves the rest of the query as written',
    async ({ given, want }) => {
      expect((await apply([query('key')], given, {}, 'a&b c')).url.href).toBe(want);
    },
  );

  it('composes strategies, each with the secret of its own kind, and leaves the request it was given alone', async () => {
    const kinds: string[] = [];
    const auth = createOutboundAuth(
      [header('X-One'), query('two')],
      (kind) => {
        kinds.push(kind);
        return Promise.resolve(kind);
      },
      options,
    );
    const request = requestTo('https://h/');
    const sent = await auth.apply(request);
    expect(sent.headers).toEqual({ 'X-One': 'auth-secret' });
    expect(sent.url.search).toBe('?two=auth-secret-2');
    expect(kinds).toEqual(['auth-secret', 'auth-secret-2']);
    expect(request).toEqual(requestTo('https://h/'));
  });

  it('changes nothing without strategies', async () => {
    expect(await apply([], 'https://h/x')).toEqual(requestTo('https://h/x'));
  });

  it('refuses a secret that would break the header and does not quote it', async () => {
    const failure: unknown = await apply([header('X-Key')], 'https://h/', {}, 'hunter2\r\nHost: evil').catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code: 'auth.invalid-secret', retryable: false });
    expect(String(failure)).not.toContain('hunter2');
  });

  it('passes on a failure to open the secret', async () => {
    const auth = createOutboundAuth(
      [header('X-Key')],
      () => Promise.reject(new Error('vault down')),
      options,
    );
    await expect(auth.apply(requestTo('https://h/'))).rejects.toThrow('vault down');
  });
});

describe('isSettableHeaderName', () => {
  it.each(['X-Api-Key', 'Authorization', 'ocp-apim-subscription-key', 'Cookie'])('accepts %s', (name) => {
    expect(isSettableHeaderName(name)).toBe(true);
  });

  const refused = ['', 'a b', 'a:b', ':path', 'a\r\nb', 'ä', 'x'.repeat(129)].concat(
    [
      'Host',
      'content-length',
      'Content-Type',
      'Connection',
      'Transfer-Encoding',
      'Proxy-Authorization',
      'TE',
    ],
    ['webhook-signature', 'Webhook-Id', 'earshot-sequence', 'traceparent', 'User-Agent', 'Expect'],
  );
  it.each(refused)('refuses %j', (name) => {
    expect(isSettableHeaderName(name)).toBe(false);
  });
});

describe('isHeaderValue', () => {
  it.each(['a', 'Bearer abc.def', 'a\tb', '~!'])('accepts %j', (value) => {
    expect(isHeaderValue(value)).toBe(true);
  });

  it.each(['', ' a', 'a ', 'a\nb', 'a\r', '\u0000', 'ü', 'a\u007f', 'x'.repeat(4097)])(
    'refuses %j',
    (value) => {
      expect(isHeaderValue(value)).toBe(false);
    },
  );
});
