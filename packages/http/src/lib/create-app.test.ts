import {
  ERROR_CODES,
  validateCreateEndpointBody,
  validateListDeliveriesQuery,
  validateStartStreamingBody,
} from '@earshot/api';
import type { Scope } from '@earshot/auth';
import { AppError } from '@earshot/domain';
import { createLogger, createMetrics } from '@earshot/telemetry';
import { describe, expect, it } from 'vitest';
import { fakeKey } from '../testing.ts';
import { requireScope } from './authenticate-request.ts';
import { jsonBody, queryParams } from './checked-input.ts';
import { createApp, type AppOptions } from './create-app.ts';
import { healthRoute } from './internal-routes.ts';
import { refuse } from './refuse.ts';

const START = '/mg-autotranscribe/v1/start-streaming';
const ENDPOINTS = '/earshot/v1/endpoints';
const GUIDE_START = {
  namespace: 'amazonconnect',
  guid: '8c259fea-8764-4a92-adc4-73572e9cf016',
  customerId: 'TT9833237',
  agentId: 'RE223444211993',
  amazonConnectParams: {
    streamArn: 'arn:aws:kinesisvideo:us-east-1:145051540001:stream/contact-cccaa6b8/1696422764859',
    startSelectorType: 'NOW',
  },
};

type RequestText = string | Uint8Array<ArrayBuffer>;

interface Setup {
  readonly scopes?: readonly Scope[];
  readonly options?: Partial<AppOptions>;
  readonly thrown?: Error;
}

function setUp({ scopes = ['stream:write', 'webhooks:admin'], options = {}, thrown }: Setup = {}) {
  const lines: string[] = [];
  const key = fakeKey(...scopes);
  const logger = createLogger({ app: 'test', write: (line) => lines.push(line) });
  const app = createApp({
    logger,
    keys: key.lookup,
    errorCodes: { 'store.taken': ERROR_CODES.conflict },
    clock: { now: () => 0 },
    ...options,
  });
  app.post(START, requireScope('stream:write'), jsonBody(validateStartStreamingBody), (c) => {
    if (thrown !== undefined) throw thrown;
    const { guid } = c.req.valid('json');
    if (guid === 'running')
      return refuse(c, { code: ERROR_CODES.alreadyInState, message: 'Already started' });
    return c.json({ guid, tenantId: c.get('key').tenantId });
  });
  app.post(ENDPOINTS, requireScope('webhooks:admin'), jsonBody(validateCreateEndpointBody), (c) => {
    if (thrown !== undefined) throw thrown;
    return c.json(c.req.valid('json').name, 201);
  });
  app.get('/earshot/v1/deliveries', queryParams(validateListDeliveriesQuery), (c) =>
    c.json({ limit: c.req.valid('query').limit ?? null }),
  );
  app.get('/v1/health', healthRoute(options.checkReady ?? (async () => {}), logger));
  const send = (path: string, body: RequestText, headers: Record<string, string> = {}) =>
    app.request(path, { method: 'POST', body, headers: { ...key.headers, ...headers } });
  const get = (path: string) => app.request(path, { headers: key.headers });
  return { app, key, lines, send, get };
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly code: string;
  readonly message: string;
  readonly requestId: string;
}

/** Reads either error shape and checks that nothing of it is missing. */
async function answerOf(response: Response): Promise<Answer> {
  const body = JSON.parse(await response.text()) as Record<string, unknown>;
  const error = (body['error'] ?? body) as Record<string, string>;
  expect(response.headers.get('x-request-id')).toBe(error['requestId']);
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    code: error['code'] ?? '',
    message: error['message'] ?? error['detail'] ?? '',
    requestId: error['requestId'] ?? '',
  };
}

describe('createApp', () => {
  it('hands a checked body to the handler', async () => {
    const { send } = setUp();
    const response = await send(START, JSON.stringify(GUIDE_START));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ guid: GUIDE_START.guid, tenantId: 'tenant-1' });
  });

  it('accepts a trailing slash', async () => {
    const { send } = setUp();
    expect((await send(`${START}/`, JSON.stringify(GUIDE_START))).status).toBe(200);
  });

  it('accepts all three forms of credentials', async () => {
    const { app } = setUp();
    const forms = [
      { 'asapp-api-id': 'test-key', 'asapp-api-secret': 'test-secret' },
      { 'earshot-api-id': 'test-key', 'earshot-api-secret': 'test-secret' },
      { authorization: 'Bearer test-key.test-secret' },
    ];
    for (const headers of forms) {
      expect(
        (await app.request('/v1/health', { headers: new Headers(Object.entries(headers)) })).status,
      ).toBe(200);
    }
  });

  const compatible = 'application/json';
  const problem = 'application/problem+json';

  const refusals: readonly {
    given: string;
    path: string;
    body?: RequestText;
    headers?: Record<string, string>;
    want: Pick<Answer, 'status' | 'type' | 'code' | 'message'>;
  }[] = [
    {
      given: 'a body that is not JSON',
      path: START,
      body: '{"guid": ',
      want: { status: 400, type: compatible, code: '400-01', message: 'Cannot read body as JSON' },
    },
    {
      given: 'a body that is not UTF-8',
      path: START,
      body: new Uint8Array([0x22, 0xff, 0x22]),
      want: { status: 400, type: compatible, code: '400-01', message: 'Cannot read body as JSON' },
    },
    {
      given: 'no body',
      path: ENDPOINTS,
      body: '',
      want: { status: 400, type: problem, code: '400-01', message: 'Cannot read body as JSON' },
    },
    {
      given: 'a body that is no object',
      path: START,
      body: '[]',
      want: { status: 400, type: compatible, code: '400-201', message: 'body must be an object' },
    },
    {
      given: 'a wrong gateway parameter',
      path: START,
      body: JSON.stringify({ ...GUIDE_START, guid: 'a b' }),
      want: {
        status: 400,
        type: compatible,
        code: '400-201',
        message: '/guid must be 1 to 256 letters, digits, "-", "_", "." or ":"',
      },
    },
    {
      given: 'a wrong transcription parameter',
      path: START,
      body: JSON.stringify({ ...GUIDE_START, autotranscribeParams: { detailedToken: 'yes' } }),
      want: {
        status: 400,
        type: compatible,
        code: '400-202',
        message: '/autotranscribeParams/detailedToken must be true or false',
      },
    },
    {
      given: 'a wrong field on a path of our own',
      path: ENDPOINTS,
      body: '{"name":"a","url":"https://example.com/","timeoutMs":999}',
      want: { status: 400, type: problem, code: '400-03', message: '/timeoutMs must be at least 1000' },
    },
    {
      given: 'no credentials',
      path: START,
      headers: { 'asapp-api-secret': '' },
      want: { status: 401, type: compatible, code: '401-01', message: 'Unauthorized' },
    },
    {
      given: 'a wrong secret',
      path: ENDPOINTS,
      headers: { 'asapp-api-secret': 'other' },
      want: { status: 401, type: problem, code: '401-01', message: 'Unauthorized' },
    },
    {
      given: 'an unknown path',
      path: '/fileexporter/v2/nothing',
      want: { status: 404, type: compatible, code: '404-01', message: 'There is nothing at this path' },
    },
    {
      given: 'an unknown path of our own',
      path: '/earshot/v2/nothing',
      want: { status: 404, type: problem, code: '404-01', message: 'There is nothing at this path' },
    },
    {
      given: 'an outcome the handler refuses',
      path: START,
      body: JSON.stringify({ ...GUIDE_START, guid: 'running' }),
      want: { status: 409, type: compatible, code: '409-201', message: 'Already started' },
    },
    {
      given: 'a body over the limit',
      path: START,
      body: ' '.repeat(65_537),
      want: {
        status: 413,
        type: compatible,
        code: '413-01',
        message: 'Cannot read body, it exceeds limit 65536 bytes',
      },
    },
    {
      given: 'a body over the limit on a path of our own',
      path: ENDPOINTS,
      body: ' '.repeat(65_537),
      want: {
        status: 413,
        type: problem,
        code: '413-01',
        message: 'Cannot read body, it exceeds limit 65536 bytes',
      },
    },
    {
      given: 'another content type',
      path: START,
      headers: { 'content-type': 'text/plain' },
      want: {
        status: 415,
        type: compatible,
        code: '415-01',
        message: 'Content-Type must be application/json',
      },
    },
    {
      given: 'another charset',
      path: ENDPOINTS,
      headers: { 'content-type': 'application/json; charset=utf-16' },
      want: { status: 415, type: problem, code: '415-01', message: 'Content-Type must be application/json' },
    },
    {
      given: 'a compressed body',
      path: START,
      headers: { 'content-encoding': 'gzip' },
      want: { status: 415, type: compatible, code: '415-01', message: 'Content-Encoding must be identity' },
    },
  ];

  it.each(refusals)(
    'refuses $given: $want.status $want.code',
    async ({ path, body = '{}', headers, want }) => {
      const { send } = setUp();
      expect(await answerOf(await send(path, body, headers))).toMatchObject(want);
    },
  );

  it.each([
    { path: START, want: { status: 403, type: compatible, message: 'The key lacks the scope stream:write' } },
    {
      path: ENDPOINTS,
      want: { status: 403, type: problem, message: 'The key lacks the scope webhooks:admin' },
    },
  ])('refuses a key without the scope on $path: 403 403-01', async ({ path, want }) => {
    const { send } = setUp({ scopes: ['messages:read'] });
    expect(await answerOf(await send(path, '{}'))).toMatchObject({ ...want, code: '403-01' });
  });

  it.each([
    {
      given: new Error('secret detail'),
      path: START,
      want: { code: '500-201', message: 'Internal server error' },
    },
    {
      given: new Error('secret detail'),
      path: ENDPOINTS,
      want: { code: '500-01', message: 'Internal server error' },
    },
    {
      given: new AppError('store.broken', 'secret detail', {
        retryable: false,
        publicMessage: 'also not told',
      }),
      path: START,
      want: { code: '500-201', message: 'Internal server error' },
    },
    {
      given: new AppError('store.down', 'secret detail', { retryable: true }),
      path: START,
      want: { code: '503-01', message: 'Service unavailable' },
    },
    {
      given: new AppError('store.down', 'secret detail', { retryable: true, publicMessage: 'Try again' }),
      path: ENDPOINTS,
      want: { code: '503-01', message: 'Try again' },
    },
    {
      given: new AppError('store.taken', 'secret detail', { retryable: false, publicMessage: 'Taken' }),
      path: ENDPOINTS,
      want: { code: '409-01', message: 'Taken' },
    },
  ])('answers a thrown $given.name on $path with $want.code', async ({ given, path, want }) => {
    const { send, lines } = setUp({ thrown: given });
    const body = path === START ? GUIDE_START : { name: 'a', url: 'https://example.com/' };
    const response = await send(path, JSON.stringify(body));
    expect(response.headers.get('retry-after')).toBe(want.code === '503-01' ? '1' : null);
    const answer = await answerOf(response);
    expect(answer).toMatchObject({ ...want, status: Number(want.code.slice(0, 3)) });
    expect(lines.some((line) => line.includes('http.') && line.includes(answer.requestId))).toBe(true);
  });

  it('answers 503 when the keys cannot be looked up', async () => {
    const findKey = () =>
      Promise.reject(new AppError('storage.unavailable', 'Cannot reach 10.0.0.3', { retryable: true }));
    const { send } = setUp({ options: { keys: { ...fakeKey().lookup, findKey } } });
    expect(await answerOf(await send(START, '{}'))).toMatchObject({
      code: '503-01',
      message: 'Service unavailable',
    });
  });

  it('refuses what is over the quota with 429 429-01 and tells when to come back', async () => {
    const { get } = setUp({ options: { rateLimit: { requestsPerSecond: 2 } } });
    const first = await get('/v1/health');
    await get('/v1/health');
    const third = await get('/v1/health');
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'ratelimit-policy': '"key";q=2;w=1',
      ratelimit: '"key";r=1;t=1',
      'x-ratelimit-limit': '2',
      'x-ratelimit-remaining': '1',
      'x-ratelimit-reset': '1',
    });
    expect(Object.fromEntries(third.headers)).toMatchObject({
      'retry-after': '1',
      'ratelimit-policy': '"key";q=2;w=1',
      ratelimit: '"key";r=0;t=1',
      'x-ratelimit-remaining': '0',
    });
    const want = { status: 429, code: '429-01', message: 'Too many requests, the limit is 2 per second' };
    expect(await answerOf(third)).toMatchObject(want);
  });

  it('turns query parameters into numbers and refuses wrong ones as problem+json', async () => {
    const { get } = setUp();
    expect(await (await get('/earshot/v1/deliveries?limit=20&other=1')).json()).toEqual({ limit: 20 });
    const want = { status: 400, type: problem, code: '400-03', message: '/limit must be at most 100' };
    expect(await answerOf(await get('/earshot/v1/deliveries?limit=101'))).toMatchObject(want);
  });

  it('names each field of a problem document', async () => {
    const { send } = setUp();
    const response = await send(ENDPOINTS, '{"url":"nowhere"}');
    expect(await response.json()).toMatchObject({
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
      problems: [{ pointer: '/name', message: 'is required' }],
    });
  });

  it('logs route and status, never a query string, a body or an unknown path', async () => {
    const { get, send, lines } = setUp();
    await get('/earshot/v1/deliveries?guid=PRIVATE');
    await send(START, JSON.stringify({ ...GUIDE_START, customerId: 'PRIVATE' }));
    await send(START, '{"PRIVATE": ');
    await get('/PRIVATE/path');
    expect(lines.join('')).not.toContain('PRIVATE');
    const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(logged.map(({ route, status, code }) => ({ route, status, code }))).toEqual([
      { route: '/earshot/v1/deliveries', status: 200, code: undefined },
      { route: START, status: 200, code: undefined },
      { route: START, status: 400, code: '400-01' },
      { route: 'unmatched', status: 404, code: '404-01' },
    ]);
    expect(logged[0]).toMatchObject({ event: 'http.answered', method: 'GET', apiId: 'test-key' });
  });

  const { 'content-type': _, ...CREDENTIALS } = fakeKey().headers;
  it.each([
    { method: 'GET', path: START, type: compatible, allow: 'POST' },
    { method: 'HEAD', path: START, type: compatible, allow: 'POST' },
    { method: 'DELETE', path: '/v1/health/', type: compatible, allow: 'GET, HEAD' },
    { method: 'OPTIONS', path: ENDPOINTS, type: problem, allow: 'POST' },
    { method: 'PUT', path: '/earshot/v1/deliveries?limit=0', type: problem, allow: 'GET, HEAD' },
  ])('refuses $method $path: 405 405-01, it takes $allow', async ({ method, path, type, allow }) => {
    const { app } = setUp({ scopes: ['export:read'] });
    const response = await app.request(path, { method, headers: CREDENTIALS });
    expect({ status: response.status, allow: response.headers.get('allow') }).toEqual({ status: 405, allow });
    expect(response.headers.get('content-type')).toBe(type);
    if (method === 'HEAD') return;
    const message = `This path does not take ${method}, only ${allow}`;
    expect(await answerOf(response)).toMatchObject({ code: '405-01', message });
  });

  it('tells nobody without a key what a path takes', async () => {
    const { app } = setUp();
    expect((await app.request(START)).status).toBe(401);
    expect((await app.request(START)).headers.has('allow')).toBe(false);
  });

  it('answers HEAD as GET without its body', async () => {
    const { app, key } = setUp();
    const response = await app.request('/v1/health', { method: 'HEAD', headers: key.headers });
    expect({ status: response.status, text: await response.text() }).toEqual({ status: 200, text: '' });
  });

  it('lets nobody cache an answer', async () => {
    const { get } = setUp();
    expect((await get('/v1/health')).headers.get('cache-control')).toBe('no-store');
  });

  it('serves liveness, readiness and metrics without a key', async () => {
    const metrics = createMetrics('test');
    const { app, get } = setUp({ options: { metrics } });
    await get('/v1/health');
    expect((await app.request('/livez')).status).toBe(200);
    expect((await app.request('/readyz')).status).toBe(200);
    const text = await (await app.request('/metrics')).text();
    expect(text).toContain('route="/v1/health",status="200"');
  });

  it('is not ready, and its health FAILED, while the check rejects', async () => {
    const checkReady = () => Promise.reject(new Error('down'));
    const { app, get } = setUp({ options: { checkReady } });
    expect((await app.request('/readyz')).status).toBe(503);
    expect((await app.request('/livez')).status).toBe(200);
    expect(await (await get('/v1/health')).json()).toEqual({ healthCheck: 'FAILED' });
  });

  it('answers health SUCCESS with a key and 401 without', async () => {
    const { app, get } = setUp();
    expect(await (await get('/v1/health')).json()).toEqual({ healthCheck: 'SUCCESS' });
    expect(await answerOf(await app.request('/v1/health'))).toMatchObject({ status: 401, code: '401-01' });
  });
});
