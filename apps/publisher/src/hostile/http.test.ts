import {
  acceptAfter,
  answer,
  answerLong,
  hangAfterHead,
  inTurn,
  METADATA_URL,
  redirectTo,
  resetBeforeAnswer,
  resetInBody,
  startHostileReceiver,
  staySilent,
  accept,
  type Behaviour,
  type HostileReceiver,
} from '@earshot/hostile-receivers';
import { afterEach, describe, expect, it } from 'vitest';
import { useStorage } from '../testing/use-storage.ts';
import { setUpHostile, type HostileSetup, type HostileSetupOptions } from '../testing/hostile-setup.ts';

const fixture = useStorage();
const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function startTarget(behave: Behaviour): Promise<HostileReceiver> {
  const target = await startHostileReceiver({ behave });
  cleanUps.push(() => target.close());
  return target;
}

async function startSetup(options: HostileSetupOptions): Promise<HostileSetup> {
  const setup = await setUpHostile(fixture.storage, fixture.account, options);
  cleanUps.push(() => setup.publisher.close());
  return setup;
}

describe('delivery to a target that misbehaves', () => {
  const cases = [
    {
      given: 'answers 200 after 29 s while 300 ms are allowed',
      behave: acceptAfter(29_000),
      timeoutMs: 300,
      want: { state: 'failed', lastStatus: undefined, lastError: 'webhook.timeout' },
    },
    {
      given: 'takes the request and stays silent',
      behave: staySilent,
      timeoutMs: 300,
      want: { state: 'failed', lastStatus: undefined, lastError: 'webhook.timeout' },
    },
    {
      given: 'sends the head of a 200 and hangs: the status has decided',
      behave: hangAfterHead(200),
      timeoutMs: 2000,
      want: { state: 'delivered', lastStatus: 200, lastError: undefined },
    },
    {
      given: 'sends the head of a 503 and hangs',
      behave: hangAfterHead(503),
      timeoutMs: 2000,
      want: { state: 'failed', lastStatus: 503, lastError: 'webhook.status' },
    },
    {
      given: 'resets in the body of a 200',
      behave: resetInBody(200),
      want: { state: 'delivered', lastStatus: 200, lastError: undefined },
    },
    {
      given: 'resets in the body of a 500',
      behave: resetInBody(500),
      want: { state: 'failed', lastStatus: 500, lastError: 'webhook.status' },
    },
    {
      given: 'resets before it answers',
      behave: resetBeforeAnswer,
      want: { state: 'failed', lastStatus: undefined, lastError: 'webhook.connection' },
    },
    {
      given: 'redirects to a metadata address',
      behave: redirectTo(METADATA_URL),
      want: { state: 'failed', lastStatus: 301, lastError: 'webhook.redirect' },
    },
    {
      given: 'answers 429 with Retry-After in seconds, at realtime policy',
      behave: answer(429, { 'retry-after': '1' }),
      want: { state: 'failed', lastStatus: 429, lastError: 'webhook.status' },
    },
  ];
  it.each(cases)('records what became of a message when it $given', async ({ behave, timeoutMs, want }) => {
    const target = await startTarget(behave);
    const fields = timeoutMs === undefined ? {} : { timeoutMs };
    const { say } = await startSetup({ url: target.url, fields });
    expect(await say('hello')).toMatchObject([{ ...want, attempts: 1 }]);
    expect(target.requests).toHaveLength(1);
  });

  it('disables an endpoint that is gone', async () => {
    const target = await startTarget(answer(410));
    const { say, endpointId } = await startSetup({ url: target.url });
    expect(await say('hello')).toMatchObject([{ state: 'failed', lastStatus: 410 }]);
    const { storage, account } = fixture;
    const endpoint = await storage.endpoints.get(account.tenantId, endpointId);
    expect(endpoint?.stateReason).toContain('410');
    await say('anybody there?');
    expect(target.requests).toHaveLength(1);
  });

  const waits = [
    { given: 'in seconds', retryAfter: () => '120' },
    { given: 'as a date', retryAfter: () => new Date(Date.now() + 121_000).toUTCString() },
  ];
  it.each(waits)('waits as long as a 429 says $given, with policy durable', async ({ retryAfter }) => {
    const target = await startTarget(inTurn(answer(429, { 'retry-after': retryAfter() }), accept));
    const { say } = await startSetup({ url: target.url, fields: { policy: 'durable' } });
    const saidAtMs = Date.now();
    const [record] = await say('hello');
    expect(record).toMatchObject({ state: 'pending', lastStatus: 429, attempts: 1 });
    const { storage, account } = fixture;
    const detail = await storage.deliveryReplays.get(account.tenantId, record?.deliveryId ?? '');
    expect(detail?.nextAttemptAtMs).toBeGreaterThanOrEqual(saidAtMs + 110_000);
  });

  it('goes on with the next message of the conversation at once', async () => {
    const target = await startTarget(inTurn(staySilent, resetBeforeAnswer, hangAfterHead(200), accept));
    const { say } = await startSetup({ url: target.url, fields: { timeoutMs: 2000 } });
    const states = (await say('one', 'two', 'three', 'four')).map(({ state }) => state);
    expect(states).toEqual(['failed', 'failed', 'delivered', 'delivered']);
    const texts = target.requests.map(({ body }) => JSON.parse(body).text);
    expect(texts).toEqual(['one', 'two', 'three', 'four']);
  });

  it('never asks the address a redirect names', async () => {
    const secret = await startTarget(accept);
    const target = await startTarget(redirectTo(secret.url, 307));
    const { say } = await startSetup({ url: target.url });
    expect(await say('hello')).toMatchObject([{ state: 'failed', lastError: 'webhook.redirect' }]);
    expect(secret.connectionCount).toBe(0);
  });

  it('reads a little of an answer of 10 MB and takes its status', async () => {
    let writtenBytes = 0;
    const target = await startTarget(answerLong(200, 10 * 1024 * 1024, (bytes) => (writtenBytes += bytes)));
    const { say } = await startSetup({ url: target.url });
    expect(await say('hello')).toMatchObject([{ state: 'delivered', lastStatus: 200 }]);
    // What sockets of both sides buffer is far less than the rest.
    expect(writtenBytes).toBeLessThan(9 * 1024 * 1024);
  });

  it('lets a dead target hold up no other endpoint', async () => {
    const dead = await startTarget(staySilent);
    const well = await startTarget(accept);
    await startSetup({ url: dead.url, fields: { timeoutMs: 1000 } });
    const { say, endpointId } = await startSetup({ url: well.url });
    expect(await say('one', 'two')).toHaveLength(4);
    const texts = well.requests.map(({ body }) => JSON.parse(body).text);
    expect(texts).toEqual(['one', 'two']);
    const own = (await say()).filter((record) => record.endpointId === endpointId);
    expect(own.map(({ state }) => state)).toEqual(['delivered', 'delivered']);
  });
});
