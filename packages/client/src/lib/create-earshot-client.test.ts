import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  createEarshotClient,
  type EarshotClient,
  type EarshotClientOptions,
} from './create-earshot-client.ts';
import { EarshotApiError } from './earshot-api-error.ts';

const GUID = '8c259fea-8764-4a92-adc4-73572e9cf016';
const STOP = { namespace: 'amazonconnect', guid: GUID } as const;
const NOW_MS = Date.parse('2026-11-23T12:00:00Z');

/** One scripted outcome of a try: an answer, or a failure to get one. */
type Step = Response | Error;

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function setUp(steps: readonly Step[], options: Partial<EarshotClientOptions> = {}) {
  const sent: Sent[] = [];
  const delaysMs: number[] = [];
  const left = [...steps];
  const client = createEarshotClient({
    baseUrl: 'http://earshot.test/',
    apiId: 'id',
    apiSecret: 'secret',
    now: () => NOW_MS,
    delay: async (durationMs) => void delaysMs.push(durationMs),
    fetch: async (request) => {
      const { method, url, headers } = request;
      sent.push({ method, url, headers: Object.fromEntries(headers), body: await request.text() });
      const step = left.shift() ?? new Error('script is at its end');
      if (step instanceof Error) throw step;
      return step;
    },
    ...options,
  });
  return { client, sent, delaysMs };
}

function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers });
}

function failure(status: number, code: string, headers: Record<string, string> = {}): Response {
  return json({ error: { requestId: 'r-1', message: 'No', code } }, status, headers);
}

async function errorOf(pending: Promise<unknown>): Promise<EarshotApiError> {
  const error: unknown = await pending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof EarshotApiError) return error;
  throw new Error('Expected an EarshotApiError', { cause: error });
}

describe('createEarshotClient', () => {
  const endpoint = { name: 'a', url: 'https://example.com/' };
  const calls: readonly {
    given: string;
    call: (client: EarshotClient) => Promise<unknown>;
    want: { method: string; path: string; body?: unknown };
  }[] = [
    {
      given: 'stopStreaming',
      call: (client) => client.stopStreaming(STOP),
      want: { method: 'POST', path: '/mg-autotranscribe/v1/stop-streaming', body: STOP },
    },
    {
      given: 'startStreaming',
      call: (client) => client.startStreaming({ ...STOP, customerId: 'c', agentId: 'a' }),
      want: {
        method: 'POST',
        path: '/mg-autotranscribe/v1/start-streaming',
        body: { ...STOP, customerId: 'c', agentId: 'a' },
      },
    },
    {
      given: 'getCall',
      call: (client) => client.getCall('a:b'),
      want: { method: 'GET', path: '/earshot/v1/calls/a%3Ab' },
    },
    {
      given: 'endpoints.create',
      call: (client) => client.endpoints.create(endpoint),
      want: { method: 'POST', path: '/earshot/v1/endpoints', body: endpoint },
    },
    {
      given: 'endpoints.list',
      call: (client) => client.endpoints.list({ cursor: 'a b', limit: 2 }),
      want: { method: 'GET', path: '/earshot/v1/endpoints?cursor=a%20b&limit=2' },
    },
    {
      given: 'endpoints.get',
      call: (client) => client.endpoints.get('e1'),
      want: { method: 'GET', path: '/earshot/v1/endpoints/e1' },
    },
    {
      given: 'endpoints.update',
      call: (client) => client.endpoints.update('e1', { auth: null }),
      want: { method: 'PATCH', path: '/earshot/v1/endpoints/e1', body: { auth: null } },
    },
    {
      given: 'endpoints.pause',
      call: (client) => client.endpoints.pause('e1'),
      want: { method: 'POST', path: '/earshot/v1/endpoints/e1/pause' },
    },
    {
      given: 'endpoints.resume',
      call: (client) => client.endpoints.resume('e1'),
      want: { method: 'POST', path: '/earshot/v1/endpoints/e1/resume' },
    },
    {
      given: 'endpoints.rotateSecret',
      call: (client) => client.endpoints.rotateSecret('e1'),
      want: { method: 'POST', path: '/earshot/v1/endpoints/e1/rotate-secret', body: {} },
    },
    {
      given: 'endpoints.test',
      call: (client) => client.endpoints.test('e1'),
      want: { method: 'POST', path: '/earshot/v1/endpoints/e1/test' },
    },
    {
      given: 'endpoints.replay',
      call: (client) => client.endpoints.replay('e1', { guid: GUID }),
      want: { method: 'POST', path: '/earshot/v1/endpoints/e1/replay', body: { guid: GUID } },
    },
    {
      given: 'keys.list',
      call: (client) => client.keys.list({ limit: 2 }),
      want: { method: 'GET', path: '/earshot/v1/keys?limit=2' },
    },
    {
      given: 'keys.create',
      call: (client) => client.keys.create({ name: 'a', scopes: ['export:read'] }),
      want: { method: 'POST', path: '/earshot/v1/keys', body: { name: 'a', scopes: ['export:read'] } },
    },
    {
      given: 'keys.rotate',
      call: (client) => client.keys.rotate('ek_1', { overlapSeconds: 60 }),
      want: { method: 'POST', path: '/earshot/v1/keys/ek_1/rotate', body: { overlapSeconds: 60 } },
    },
    {
      given: 'listDeliveries',
      call: (client) => client.listDeliveries({ endpointId: 'e1', state: 'failed' }),
      want: { method: 'GET', path: '/earshot/v1/deliveries?endpointId=e1&state=failed' },
    },
    {
      given: 'deliveries.list',
      call: (client) => client.deliveries.list({ state: 'dead', limit: 2 }),
      want: { method: 'GET', path: '/earshot/v1/deliveries?state=dead&limit=2' },
    },
    {
      given: 'deliveries.get',
      call: (client) => client.deliveries.get('7'),
      want: { method: 'GET', path: '/earshot/v1/deliveries/7' },
    },
    {
      given: 'deliveries.retry',
      call: (client) => client.deliveries.retry('7'),
      want: { method: 'POST', path: '/earshot/v1/deliveries/7/retry' },
    },
    {
      given: 'events.list',
      call: (client) => client.events.list({ endpointId: 'e1', type: 'delivery.dead' }),
      want: { method: 'GET', path: '/earshot/v1/events?endpointId=e1&type=delivery.dead' },
    },
    {
      given: 'redaction.listEntities',
      call: (client) => client.redaction.listEntities({ limit: 5 }),
      want: { method: 'GET', path: '/configuration/v1/redaction-entities?limit=5' },
    },
    {
      given: 'redaction.getEntity',
      call: (client) => client.redaction.getEntity('PIN'),
      want: { method: 'GET', path: '/configuration/v1/redaction-entities/PIN' },
    },
    {
      given: 'redaction.updateEntity',
      call: (client) => client.redaction.updateEntity('PIN', { policies: { autoTranscribe: false } }),
      want: {
        method: 'PATCH',
        path: '/configuration/v1/redaction-entities/PIN',
        body: { policies: { autoTranscribe: false } },
      },
    },
    {
      given: 'redaction.getPolicy',
      call: (client) => client.redaction.getPolicy(),
      want: { method: 'GET', path: '/earshot/v1/redaction-policy' },
    },
    {
      given: 'redaction.putPolicy',
      call: (client) => client.redaction.putPolicy({ mode: 'strict' }),
      want: { method: 'PUT', path: '/earshot/v1/redaction-policy', body: { mode: 'strict' } },
    },
    {
      given: 'speechSettings.get',
      call: (client) => client.speechSettings.get(),
      want: { method: 'GET', path: '/earshot/v1/speech-settings' },
    },
    {
      given: 'speechSettings.put',
      call: (client) => client.speechSettings.put({ engine: 'deepgram' }),
      want: { method: 'PUT', path: '/earshot/v1/speech-settings', body: { engine: 'deepgram' } },
    },
    { given: 'health', call: (client) => client.health(), want: { method: 'GET', path: '/v1/health' } },
  ];

  it.each(calls)('sends $given with the credentials and gives back the answer', async ({ call, want }) => {
    const { client, sent } = setUp([json({ from: 'server' })]);
    expect(await call(client)).toEqual({ from: 'server' });
    expect(sent).toMatchObject([{ method: want.method, url: `http://earshot.test${want.path}` }]);
    expect(sent[0]?.headers).toMatchObject({ 'earshot-api-id': 'id', 'earshot-api-secret': 'secret' });
    expect(sent[0]?.body).toBe(want.body === undefined ? '' : JSON.stringify(want.body));
  });

  it('deletes an endpoint and gives back nothing', async () => {
    const { client, sent } = setUp([new Response(null, { status: 204 })]);
    expect(await client.endpoints.delete('e1')).toBeUndefined();
    expect(sent).toMatchObject([{ method: 'DELETE', url: 'http://earshot.test/earshot/v1/endpoints/e1' }]);
  });

  it('revokes a key and gives back nothing', async () => {
    const { client, sent } = setUp([new Response(null, { status: 204 })]);
    expect(await client.keys.revoke('ek_1')).toBeUndefined();
    expect(sent).toMatchObject([{ method: 'DELETE', url: 'http://earshot.test/earshot/v1/keys/ek_1' }]);
  });

  it('gives the fields that were not accepted', async () => {
    const problems = [{ pointer: '/auth/0/name', message: 'is required' }];
    const body = { code: '400-03', detail: '/auth/0/name is required', requestId: 'r', problems };
    const { client } = setUp([json(body, 400)]);
    expect(await errorOf(client.endpoints.create(endpoint))).toMatchObject({ code: '400-03', problems });
  });

  it('lists the messages of all pages in order', async () => {
    const { client, sent } = setUp([
      json({ items: [{ text: '1' }, { text: '2' }], nextCursor: 'next' }),
      json({ items: [{ text: '3' }] }),
    ]);
    expect((await client.listMessages({ externalId: GUID })).map(({ text }) => text)).toEqual([
      '1',
      '2',
      '3',
    ]);
    const path = `http://earshot.test/conversation/v1/conversation/messages?externalId=${GUID}`;
    expect(sent.map(({ url }) => url)).toEqual([path, `${path}&cursor=next`]);
  });

  it('stops at 100 pages of messages', async () => {
    const pages = Array.from({ length: 101 }, () => json({ items: [], nextCursor: 'again' }));
    const { client, sent } = setUp(pages);
    expect((await errorOf(client.listMessages({ externalId: GUID }))).code).toBe('client.too-many-pages');
    expect(sent).toHaveLength(100);
  });

  const ok = () => json({ healthCheck: 'SUCCESS' });
  const inTenSeconds = new Date(NOW_MS + 10_000).toUTCString();

  const recoveries: readonly { given: string; steps: readonly Step[]; want: readonly number[] }[] = [
    {
      given: '429',
      steps: [failure(429, '429-01'), failure(429, '429-01'), failure(429, '429-01'), ok()],
      want: [1000, 2000, 4000],
    },
    {
      given: '5xx',
      steps: [failure(500, '500-01'), failure(503, '503-01'), failure(502, '502-01'), ok()],
      want: [250, 500, 1000],
    },
    { given: 'no answer', steps: [new TypeError('fetch failed'), ok()], want: [250] },
    {
      given: 'a longer Retry-After',
      steps: [failure(429, '429-01', { 'retry-after': '7' }), ok()],
      want: [7000],
    },
    {
      given: 'a shorter Retry-After',
      steps: [failure(429, '429-01', { 'retry-after': '0' }), ok()],
      want: [1000],
    },
    {
      given: 'Retry-After as a date',
      steps: [failure(503, '503-01', { 'retry-after': inTenSeconds }), ok()],
      want: [10_000],
    },
    {
      given: 'a Retry-After that is neither',
      steps: [failure(503, '503-01', { 'retry-after': 'soon' }), ok()],
      want: [250],
    },
  ];

  it.each(recoveries)('tries again after $given, waiting $want ms', async ({ steps, want }) => {
    const { client, delaysMs } = setUp(steps);
    expect(await client.health()).toEqual({ healthCheck: 'SUCCESS' });
    expect(delaysMs).toEqual(want);
  });

  it('sends the same body on every try', async () => {
    const { client, sent } = setUp([failure(503, '503-01'), json({ isOk: true })]);
    await client.stopStreaming(STOP);
    expect(sent.map(({ body }) => body)).toEqual([JSON.stringify(STOP), JSON.stringify(STOP)]);
  });

  it.each([
    { status: 429, code: '429-01' },
    { status: 500, code: '500-201' },
  ])('gives up on $status after four tries with a retryable error', async ({ status, code }) => {
    const { client, sent } = setUp(Array.from({ length: 5 }, () => failure(status, code)));
    const want = { status, code, retryable: true, requestId: 'r-1', message: 'No' };
    expect(await errorOf(client.stopStreaming(STOP))).toMatchObject(want);
    expect(sent).toHaveLength(4);
  });

  it('gives up at once when the server asks for more than 30 s of patience', async () => {
    const { client, sent } = setUp([failure(429, '429-01', { 'retry-after': '86400' })]);
    expect(await errorOf(client.health())).toMatchObject({ status: 429, retryable: true });
    expect(sent).toHaveLength(1);
  });

  it.each([
    { status: 400, code: '400-203' },
    { status: 401, code: '401-01' },
    { status: 403, code: '403-01' },
    { status: 404, code: '404-01' },
    { status: 409, code: '409-202' },
    { status: 413, code: '413-01' },
    { status: 415, code: '415-01' },
  ])('never tries again after $status', async ({ status, code }) => {
    const { client, sent } = setUp([failure(status, code)]);
    const want = { name: 'EarshotApiError', status, code, retryable: false, requestId: 'r-1' };
    expect(await errorOf(client.stopStreaming(STOP))).toMatchObject(want);
    expect(sent).toHaveLength(1);
  });

  it('reads a problem document', async () => {
    const problem = {
      title: 'Not Found',
      status: 404,
      detail: 'No such call',
      code: '404-01',
      requestId: 'r-2',
    };
    const { client } = setUp([json(problem, 404)]);
    const want = { status: 404, code: '404-01', message: 'No such call', requestId: 'r-2' };
    expect(await errorOf(client.getCall(GUID))).toMatchObject(want);
  });

  it.each([
    { given: 'an HTML page', step: () => new Response('<h1>Bad</h1>', { status: 404 }), status: 404 },
    { given: 'a page where JSON is due', step: () => new Response('<h1>Hi</h1>'), status: undefined },
    { given: 'nothing', step: () => new Response(null, { status: 403 }), status: 403 },
  ])('says client.bad-answer to $given', async ({ step, status }) => {
    const { client } = setUp([step()]);
    const want = { code: 'client.bad-answer', status, retryable: false };
    expect(await errorOf(client.health())).toMatchObject(want);
  });

  it('says client.unreachable after four tries without an answer', async () => {
    const { client, sent } = setUp(Array.from({ length: 4 }, () => new TypeError('fetch failed')));
    const want = { code: 'client.unreachable', status: undefined, retryable: true };
    expect(await errorOf(client.health())).toMatchObject(want);
    expect(sent).toHaveLength(4);
  });

  it('gives up on an answer of more than 64 MiB', async () => {
    const { client, sent } = setUp([new Response(endlessBody())]);
    const want = { code: 'client.bad-answer', status: 200, retryable: false };
    expect(await errorOf(client.health())).toMatchObject(want);
    expect(sent).toHaveLength(1);
  });

  const once: readonly { given: string; call: (client: EarshotClient) => Promise<unknown> }[] = [
    { given: 'endpoints.create', call: (client) => client.endpoints.create(endpoint) },
    { given: 'endpoints.rotateSecret', call: (client) => client.endpoints.rotateSecret('e1') },
    { given: 'keys.create', call: (client) => client.keys.create({ name: 'a', scopes: ['admin'] }) },
    { given: 'keys.rotate', call: (client) => client.keys.rotate('ek_1') },
  ];

  it.each(once)('does not repeat $given when an answer is lost', async ({ call }) => {
    const { client, sent } = setUp([new TypeError('fetch failed'), json({}, 201)]);
    expect(await errorOf(call(client))).toMatchObject({ code: 'client.unreachable' });
    expect(sent).toHaveLength(1);
  });

  it.each([
    { given: 'no answer', status: undefined },
    { given: 'half an answer', status: 200 },
  ])('says client.timeout when $given comes in time, over the wire', async ({ status }) => {
    const server = createServer((_request, response) => {
      if (status !== undefined) response.writeHead(status, { 'content-type': 'application/json' }).write('{');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${portOf(server.address())}`;
    const options = { baseUrl, timeoutMs: 20, delay: async () => {}, apiId: 'id', apiSecret: 'secret' };
    const client = createEarshotClient(options);
    expect(await errorOf(client.health())).toMatchObject({ code: 'client.timeout', retryable: true });
    server.closeAllConnections();
    server.close();
  });

  it('follows no redirect, over the wire', async () => {
    const paths: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      paths.push(request.url);
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${portOf(server.address())}`;
    const client = createEarshotClient({ baseUrl, delay: async () => {}, apiId: 'id', apiSecret: 'secret' });
    expect(await errorOf(client.health())).toMatchObject({ code: 'client.unreachable' });
    expect(new Set(paths)).toEqual(new Set(['/v1/health']));
    server.closeAllConnections();
    server.close();
  });
});

function endlessBody(): ReadableStream<Uint8Array> {
  const chunk = new Uint8Array(1024 * 1024);
  return new ReadableStream({ pull: (controller) => controller.enqueue(chunk) });
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('Expected a TCP address');
  return address.port;
}
