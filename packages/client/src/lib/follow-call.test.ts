import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEarshotClient } from './create-earshot-client.ts';
import type { FollowEvent, FollowOptions } from './follow-call.ts';

type Answer = (response: ServerResponse) => void;

const message = (id: number): string =>
  `id: ${id}\nevent: message\ndata: {"text":"utterance ${id} grün"}\n\n`;
const END = 'event: end\ndata: {"sessionId":"s","callState":"ended"}\n\n';

/** An open answer with these bytes; `then` says what becomes of the connection. */
function events(bytes: string | Buffer, then: 'end' | 'cut' | 'stay' = 'end'): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(bytes, () => {
      if (then === 'end') response.end();
      if (then === 'cut') response.destroy();
    });
  };
}

function refusal(status: number, code: string): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/problem+json' });
    response.end(JSON.stringify({ detail: 'No', code, requestId: 'r-1' }));
  };
}

/** A server that answers each connection with the next of these, and the last one for ever. */
async function setUp(answers: readonly [Answer, ...Answer[]]) {
  const asked: { url: string | undefined; lastEventId: string | string[] | undefined }[] = [];
  const delaysMs: number[] = [];
  const left: Answer[] = [...answers];
  let last = answers[0];
  const server = createServer((request: IncomingMessage, response) => {
    asked.push({ url: request.url, lastEventId: request.headers['last-event-id'] });
    last = left.shift() ?? last;
    last(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const client = createEarshotClient({
    baseUrl: `http://127.0.0.1:${port}/`,
    apiId: 'id',
    apiSecret: 'secret',
    delay: async (durationMs) => void delaysMs.push(durationMs),
  });
  const follow = async (options: FollowOptions = {}): Promise<FollowEvent[]> => {
    const seen: FollowEvent[] = [];
    for await (const event of client.calls.follow('a:b', options)) seen.push(event);
    return seen;
  };
  return { client, asked, delaysMs, follow };
}

const textsOf = (seen: readonly FollowEvent[]): unknown[] =>
  seen.map((event) => (event.type === 'end' ? 'end' : event.data.text));

describe('calls.follow', () => {
  it('tells messages, partials and the end, and is over then', async () => {
    const partial = 'event: partial\ndata: {"text":"Hel","revision":1}\n\n';
    const { follow, asked } = await setUp([
      events(`retry: 1000\n\n: hi\n\n${partial}${message(1)}${END}`, 'stay'),
    ]);
    expect(await follow({ partials: true })).toEqual([
      { type: 'partial', data: { text: 'Hel', revision: 1 } },
      { type: 'message', id: '1', data: { text: 'utterance 1 grün' } },
      { type: 'end', data: { sessionId: 's', callState: 'ended' } },
    ]);
    expect(asked).toEqual([{ url: '/earshot/v1/calls/a%3Ab/live?partials=true', lastEventId: undefined }]);
  });

  it('goes on after the last whole message when a stream is cut, at any byte of it', async () => {
    const whole = Buffer.from(message(1) + message(2));
    const boundary = Buffer.byteLength(message(1));
    for (let cut = boundary; cut < whole.length; cut += 1) {
      const { follow, asked } = await setUp([
        events(whole.subarray(0, cut), 'cut'),
        events(message(2) + END),
      ]);
      expect(textsOf(await follow())).toEqual(['utterance 1 grün', 'utterance 2 grün', 'end']);
      expect(asked.map(({ lastEventId }) => lastEventId)).toEqual([undefined, '1']);
    }
  });

  it('goes on after the event that the caller names', async () => {
    const { follow, asked } = await setUp([events('', 'cut'), events(END)]);
    await follow({ lastEventId: 'earlier' });
    expect(asked.map(({ lastEventId }) => lastEventId)).toEqual(['earlier', 'earlier']);
  });

  it('waits longer after each connection that brought nothing, and little after one that did', async () => {
    const { follow, delaysMs } = await setUp([
      refusal(503, '503-01'),
      refusal(429, '429-01'),
      events('', 'cut'),
      events(message(1)),
      events(END),
    ]);
    expect(textsOf(await follow())).toEqual(['utterance 1 grün', 'end']);
    expect(delaysMs).toEqual([250, 500, 1000, 250]);
  });

  it('fails after ten connections that brought nothing', async () => {
    const { follow, asked } = await setUp([refusal(503, '503-01')]);
    await expect(follow()).rejects.toMatchObject({ code: '503-01', retryable: true });
    expect(asked).toHaveLength(10);
  });

  it.each([
    { status: 400, code: '400-03' },
    { status: 401, code: '401-01' },
    { status: 403, code: '403-01' },
    { status: 404, code: '404-01' },
  ])('fails at once on $status', async ({ status, code }) => {
    const { follow, asked } = await setUp([refusal(status, code)]);
    const want = { name: 'EarshotApiError', status, code, retryable: false, requestId: 'r-1' };
    await expect(follow()).rejects.toMatchObject(want);
    expect(asked).toHaveLength(1);
  });

  it('is over when the server has nothing more', async () => {
    const { follow } = await setUp([events(message(1)), (response) => void response.writeHead(204).end()]);
    expect(textsOf(await follow())).toEqual(['utterance 1 grün']);
  });

  it('goes on through a hold where asked', async () => {
    const { follow } = await setUp([
      events(message(1) + END + message(2)),
      (response) => void response.writeHead(204).end(),
    ]);
    expect(textsOf(await follow({ throughHolds: true }))).toEqual([
      'utterance 1 grün',
      'end',
      'utterance 2 grün',
    ]);
  });

  it('goes on while another session of the call runs', async () => {
    const first = 'event: end\ndata: {"sessionId":"s","callState":"live"}\n\n';
    const { follow } = await setUp([events(first + message(1) + END, 'stay')]);
    expect(textsOf(await follow())).toEqual(['end', 'utterance 1 grün', 'end']);
  });

  it('ends without an error when its signal fires, also between two connections', async () => {
    const stop = new AbortController();
    const { client } = await setUp([events(message(1), 'stay')]);
    const seen: unknown[] = [];
    for await (const event of client.calls.follow('g', { signal: stop.signal })) {
      seen.push(event.type);
      stop.abort();
    }
    expect(seen).toEqual(['message']);
    const { follow, asked } = await setUp([refusal(503, '503-01')]);
    expect(await follow({ signal: AbortSignal.abort() })).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('hangs up when the caller has seen enough', async () => {
    const gone = Promise.withResolvers<void>();
    const { client } = await setUp([
      (response) => {
        response.once('close', () => gone.resolve());
        events(message(1), 'stay')(response);
      },
    ]);
    for await (const event of client.calls.follow('g')) if (event.type === 'message') break;
    await expect(gone.promise).resolves.toBeUndefined();
  });

  it('does not take a broken event for a message', async () => {
    const { follow } = await setUp([events('event: message\ndata: {"text\n\n')]);
    await expect(follow()).rejects.toMatchObject({ code: 'client.bad-answer', retryable: false });
  });
});
