import { createEgressPolicy } from '@earshot/auth';
import {
  startWebhookReceiver,
  type ReceivedRequest,
  type WebhookReceiver,
  type WebhookReceiverOptions,
} from '@earshot/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { addEndpoint, bodyOf, startCall } from './testing/call-writer.ts';
import { movableClock } from './testing/movable-clock.ts';
import { allDeliveries, publisherUnderTest, type PublisherSettings } from './testing/publisher-under-test.ts';
import { useStorage } from './testing/use-storage.ts';
import { VERSION } from './version.ts';

const fixture = useStorage();
const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function receiver(options: WebhookReceiverOptions = {}): Promise<WebhookReceiver> {
  const started = await startWebhookReceiver(options);
  cleanUps.push(() => started.close());
  return started;
}

async function publisher(settings: PublisherSettings = {}) {
  const started = await publisherUnderTest(fixture.storage, settings);
  cleanUps.push(() => started.close());
  return started;
}

async function call() {
  return await startCall(fixture.storage, fixture.account);
}

const states = async () =>
  (await allDeliveries(fixture.storage, fixture.account.tenantId)).map(({ state }) => state);
const bodies = (requests: readonly ReceivedRequest[]) => requests.map(({ body }) => body);

describe('deliverLane', () => {
  it('posts the exact body with the headers of the contract', async () => {
    const { storage, account } = fixture;
    const target = await receiver();
    await addEndpoint(storage, account, `${target.url}/hook?a=1`);
    const { guid, say } = await call();
    const { queue } = await publisher();
    const [lane] = await say('I need help – please');
    if (lane !== undefined) await queue.add(lane);
    const [request] = await target.waitFor(1);
    expect(request).toMatchObject({
      method: 'POST',
      path: '/hook?a=1',
      body: bodyOf(guid, 'I need help – please'),
    });
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': expect.stringMatching(/^msg_[\w-]{27}$/),
      'webhook-timestamp': expect.stringMatching(/^\d{10}$/),
      'earshot-sequence': '1',
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
      'user-agent': `Earshot/${VERSION}`,
    });
    await queue.idle();
    const [record] = await allDeliveries(storage, account.tenantId);
    expect(record).toMatchObject({
      state: 'delivered',
      attempts: 1,
      lastStatus: 200,
      lastError: undefined,
      guid,
    });
  });

  it('keeps the order of each conversation while many are delivered at once', async () => {
    const { storage, account } = fixture;
    let inFlight = 0;
    let inFlightMax = 0;
    const open = new Map<string, number>();
    const overlaps: string[] = [];
    const target = await receiver({
      async handler({ body }, index) {
        const { guid } = JSON.parse(body) as { guid: string };
        inFlightMax = Math.max(inFlightMax, (inFlight += 1));
        open.set(guid, (open.get(guid) ?? 0) + 1);
        if ((open.get(guid) ?? 0) > 1) overlaps.push(guid);
        // Answers overtake each other between conversations, so order cannot come about by chance.
        for (let turn = 0; turn < (index * 7) % 5; turn += 1)
          await new Promise((resolve) => setImmediate(resolve));
        open.set(guid, (open.get(guid) ?? 0) - 1);
        inFlight -= 1;
        return { status: index % 9 === 0 ? 500 : 200 };
      },
    });
    await addEndpoint(storage, account, target.url, { pendingMax: 1000 });
    const { queue } = await publisher();
    const calls = await Promise.all(Array.from({ length: 8 }, () => call()));
    await Promise.all(
      calls.map(async ({ say }) => {
        for (let index = 1; index <= 12; index += 1) {
          for (const lane of await say(`message ${index}`)) await queue.add(lane);
        }
      }),
    );
    await target.waitFor(8 * 12);
    await queue.idle();
    for (const { guid } of calls) {
      const own = target.requests.filter(({ body }) => body.includes(guid));
      expect(bodies(own)).toEqual(
        Array.from({ length: 12 }, (_, index) => bodyOf(guid, `message ${index + 1}`)),
      );
      expect(own.map(({ headers }) => headers['earshot-sequence'])).toEqual(
        own.map((_, index) => String(index + 1)),
      );
    }
    expect(overlaps).toEqual([]);
    expect(inFlightMax).toBeGreaterThan(1);
    expect(new Set(await states())).toEqual(new Set(['delivered', 'failed']));
  });

  it('delivers what comes while it lingers without another job', async () => {
    const { storage, account } = fixture;
    const target = await receiver();
    await addEndpoint(storage, account, target.url);
    const { say } = await call();
    const { queue } = await publisher({ lingerMs: 60_000 });
    for (const lane of await say('one')) await queue.add(lane);
    await target.waitFor(1);
    await expect.poll(states).toEqual(['delivered']);
    expect(await say('two')).toEqual([]);
    expect(await say('three')).toEqual([]);
    await target.waitFor(3);
    expect(target.requests.map(({ headers }) => headers['earshot-sequence'])).toEqual(['1', '2', '3']);
  });

  it('gives the lane up once nothing came for the linger time', async () => {
    const { storage, account } = fixture;
    const target = await receiver();
    await addEndpoint(storage, account, target.url);
    const { say } = await call();
    const { queue } = await publisher({ lingerMs: 10 });
    for (const lane of await say('one')) await queue.add(lane);
    await queue.idle();
    expect(queue.outcomes).toEqual(['done']);
    expect(await say('two')).toHaveLength(1);
  });

  const failures: readonly {
    given: string;
    answer: WebhookReceiverOptions;
    want: { lastStatus: number | undefined; lastError: string };
  }[] = [
    { given: '500', answer: { status: 500 }, want: { lastStatus: 500, lastError: 'webhook.status' } },
    { given: '404', answer: { status: 404 }, want: { lastStatus: 404, lastError: 'webhook.status' } },
    { given: '304', answer: { status: 304 }, want: { lastStatus: 304, lastError: 'webhook.redirect' } },
  ];
  it.each(failures)(
    'records $given as failed, once, and goes on with the next message',
    async ({ answer, want }) => {
      const { storage, account } = fixture;
      const target = await receiver({
        handler: (_request, index) => (index === 0 ? { status: answer.status ?? 0 } : { status: 204 }),
      });
      await addEndpoint(storage, account, target.url);
      const { guid, say } = await call();
      const { queue } = await publisher();
      const lanes = [...(await say('lost')), ...(await say('next'))];
      for (const lane of lanes.slice(0, 1)) await queue.add(lane);
      await target.waitFor(2);
      await queue.idle();
      expect(bodies(target.requests)).toEqual([bodyOf(guid, 'lost'), bodyOf(guid, 'next')]);
      const records = await allDeliveries(storage, account.tenantId);
      expect(records).toMatchObject([
        { state: 'failed', attempts: 1, ...want },
        { state: 'delivered', attempts: 1, lastStatus: 204 },
      ]);
    },
  );

  it('disables the endpoint at a 410, and drops what waits for it', async () => {
    const { storage, account } = fixture;
    const { tenantId } = account;
    const target = await receiver({ status: 410 });
    const endpointId = await addEndpoint(storage, account, target.url);
    const { say } = await call();
    const { queue } = await publisher();
    const lanes = [...(await say('one')), ...(await say('two'))];
    for (const lane of lanes.slice(0, 1)) await queue.add(lane);
    await queue.idle();
    expect(target.requests).toHaveLength(1);
    expect(await allDeliveries(storage, tenantId)).toMatchObject([
      { state: 'failed', attempts: 1, lastStatus: 410 },
      { state: 'dropped', attempts: 0, lastError: 'webhook.endpoint-disabled' },
    ]);
    const endpoint = await storage.endpoints.get(tenantId, endpointId);
    expect(endpoint).toMatchObject({ enabled: false, stateReason: expect.stringContaining('410') });
  });

  it('keeps what waits for an endpoint that is paused no longer than its age allows', async () => {
    const { storage, account } = fixture;
    const { tenantId } = account;
    const target = await receiver();
    const endpointId = await addEndpoint(storage, account, target.url, { pendingAgeMaxMs: 5000 });
    const clock = movableClock();
    const pause = (paused: boolean) =>
      storage.endpoints.setPaused({ tenantId, endpointId, paused, atMs: Date.now() });
    await pause(true);
    const { say } = await call();
    const lanes = await say('old');
    const { queue, sweep } = await publisher({ clock });
    for (const lane of lanes) await queue.add(lane);
    await queue.idle();
    expect(await states()).toEqual(['pending']);
    clock.forward(6000);
    await say('another');
    await sweep();
    await queue.idle();
    expect(await states()).toEqual(['dropped', 'dropped']);
    expect(target.requests).toEqual([]);
  });

  it('never follows a redirect', async () => {
    const { storage, account } = fixture;
    const elsewhere = await receiver();
    const target = await receiver({ handler: () => ({ status: 307, headers: { location: elsewhere.url } }) });
    await addEndpoint(storage, account, target.url);
    const { say } = await call();
    const { queue } = await publisher();
    for (const lane of await say('one')) await queue.add(lane);
    await queue.idle();
    expect(elsewhere.requests).toEqual([]);
    expect(await allDeliveries(storage, account.tenantId)).toMatchObject([
      { state: 'failed', lastStatus: 307, lastError: 'webhook.redirect' },
    ]);
  });

  it('gives a target no longer than its timeout and goes on with the next message', async () => {
    const { storage, account } = fixture;
    const never = Promise.withResolvers<{ status: number }>();
    const target = await receiver({
      handler: (_request, index) => (index === 0 ? never.promise : { status: 200 }),
    });
    await addEndpoint(storage, account, target.url, { timeoutMs: 2000 });
    const { say } = await call();
    const { queue } = await publisher();
    for (const lane of await say('stuck')) await queue.add(lane);
    await say('next');
    await target.waitFor(2);
    await queue.idle();
    expect(await allDeliveries(storage, account.tenantId)).toMatchObject([
      { state: 'failed', lastStatus: undefined, lastError: 'webhook.timeout' },
      { state: 'delivered' },
    ]);
  });

  it('records a target that cannot be reached', async () => {
    const { storage, account } = fixture;
    const gone = await startWebhookReceiver();
    await gone.close();
    await addEndpoint(storage, account, gone.url);
    const { say } = await call();
    const { queue } = await publisher();
    for (const lane of await say('one')) await queue.add(lane);
    await queue.idle();
    expect(await allDeliveries(storage, account.tenantId)).toMatchObject([
      { state: 'failed', lastStatus: undefined, lastError: 'webhook.connection' },
    ]);
  });

  it('calls no address that the rules refuse, whatever the store says', async () => {
    const { storage, account } = fixture;
    const target = await receiver();
    await addEndpoint(storage, account, target.url);
    const { say } = await call();
    const { queue } = await publisher({ egress: createEgressPolicy() });
    for (const lane of await say('one')) await queue.add(lane);
    await queue.idle();
    expect(target.requests).toEqual([]);
    expect(await allDeliveries(storage, account.tenantId)).toMatchObject([
      { state: 'failed', attempts: 1, lastError: 'webhook.egress-refused' },
    ]);
  });

  it('drops the oldest beyond pendingMax and shows the gap in the sequence', async () => {
    const { storage, account } = fixture;
    const target = await receiver();
    await addEndpoint(storage, account, target.url, { pendingMax: 3 });
    const { say } = await call();
    let lanes = await say('message 1');
    for (let index = 2; index <= 10; index += 1) lanes = await say(`message ${index}`);
    const { queue } = await publisher();
    for (const lane of lanes) await queue.add(lane);
    await target.waitFor(3);
    await queue.idle();
    expect(target.requests.map(({ headers }) => headers['earshot-sequence'])).toEqual(['8', '9', '10']);
    expect(await states()).toEqual([
      ...Array<string>(7).fill('dropped'),
      ...Array<string>(3).fill('delivered'),
    ]);
  });

  it('drops a message older than pendingAgeMaxMs', async () => {
    const { storage, account } = fixture;
    const target = await receiver();
    await addEndpoint(storage, account, target.url, { pendingAgeMaxMs: 1000 });
    const { say } = await call();
    const lanes = await say('old');
    const { queue } = await publisher({ clock: { now: () => Date.now() + 5000 } });
    for (const lane of lanes) await queue.add(lane);
    await queue.idle();
    expect(target.requests).toEqual([]);
    expect(await allDeliveries(storage, account.tenantId)).toMatchObject([{ state: 'dropped', attempts: 0 }]);
  });

  it('keeps at most inFlightMax POSTs to one endpoint under way', async () => {
    const { storage, account } = fixture;
    const gates = Array.from({ length: 6 }, () => Promise.withResolvers<{ status: number }>());
    const target = await receiver({ handler: (_request, index) => gates[index]?.promise ?? { status: 200 } });
    await addEndpoint(storage, account, target.url);
    const { queue } = await publisher({ inFlightMax: 2 });
    for (let index = 0; index < 6; index += 1) {
      const { say } = await call();
      for (const lane of await say('hello')) await queue.add(lane);
    }
    for (let open = 0; open < 6; open += 1) {
      await target.waitFor(Math.min(open + 2, 6));
      expect(target.requests.length - open).toBeLessThanOrEqual(2);
      gates[open]?.resolve({ status: 200 });
    }
    await queue.idle();
    expect(new Set(await states())).toEqual(new Set(['delivered']));
  });

  it('drops what waits for an endpoint that was disabled', async () => {
    const { storage, account } = fixture;
    const target = await receiver();
    const endpointId = await addEndpoint(storage, account, target.url);
    const { say } = await call();
    const lanes = await say('one');
    const { tenantId } = account;
    await storage.endpoints.update({
      tenantId,
      endpointId,
      fields: { enabled: false },
      secrets: undefined,
      atMs: Date.now(),
    });
    const { queue } = await publisher();
    for (const lane of lanes) await queue.add(lane);
    await queue.idle();
    expect(target.requests).toEqual([]);
    expect(await allDeliveries(storage, tenantId)).toMatchObject([
      { state: 'dropped', lastError: 'webhook.endpoint-disabled' },
    ]);
  });

  it('leaves what was being sent to the next publisher when it is told to hand over', async () => {
    const { storage, account } = fixture;
    const never = Promise.withResolvers<{ status: number }>();
    const target = await receiver({
      handler: (_request, index) => (index === 0 ? never.promise : { status: 200 }),
    });
    await addEndpoint(storage, account, target.url);
    const { guid, say } = await call();
    const first = await publisherUnderTest(storage, { lingerMs: 60_000 });
    const lanes = await say('one');
    for (const lane of lanes) await first.queue.add(lane);
    await target.waitFor(1);
    await say('two');
    await first.close();
    expect(first.queue.outcomes).toEqual(['hand-over']);
    expect(await states()).toEqual(['pending', 'pending']);
    const second = await publisher();
    for (const lane of lanes) await second.queue.add(lane);
    await target.waitFor(3);
    await second.queue.idle();
    expect(bodies(target.requests)).toEqual([bodyOf(guid, 'one'), bodyOf(guid, 'one'), bodyOf(guid, 'two')]);
    expect(await states()).toEqual(['delivered', 'delivered']);
  });

  it('goes on with the lane of a publisher that died, after its hold has run out', async () => {
    const { storage, account } = fixture;
    const target = await receiver();
    await addEndpoint(storage, account, target.url);
    const { guid, say } = await call();
    const [lane] = await say('one');
    if (lane === undefined) throw new Error('Cannot go on: nobody holds the lane, so there must be a job');
    const hold = async (forMs: number) => {
      await storage.lanes.hold(lane, 'a publisher that died', Date.now() + forMs);
    };
    await hold(600_000);
    const { queue, sweep } = await publisher();
    await queue.add(lane);
    await queue.idle();
    expect(target.requests).toEqual([]);
    expect(await sweep()).toBe(0);
    await hold(0);
    await expect.poll(sweep).toBe(1);
    await target.waitFor(1);
    await queue.idle();
    expect(bodies(target.requests)).toEqual([bodyOf(guid, 'one')]);
  });

  it('is never run twice at once for one lane by two publishers', async () => {
    const { storage, account } = fixture;
    const target = await receiver();
    await addEndpoint(storage, account, target.url);
    const { guid, say } = await call();
    const one = await publisher({ lingerMs: 200 });
    const two = await publisher({ lingerMs: 200 });
    for (let index = 1; index <= 20; index += 1) {
      for (const lane of await say(`message ${index}`)) {
        await one.queue.add(lane);
        await two.queue.add(lane);
      }
    }
    await target.waitFor(20);
    await Promise.all([one.queue.idle(), two.queue.idle()]);
    expect(bodies(target.requests)).toEqual(
      Array.from({ length: 20 }, (_, index) => bodyOf(guid, `message ${index + 1}`)),
    );
  });

  it('says nothing of what was said, nor of secrets, in its log', async () => {
    const { storage, account } = fixture;
    const target = await receiver({ status: 500 });
    await addEndpoint(storage, account, `${target.url}/hook?token=hush-hush`);
    const { say } = await call();
    const { queue, lines } = await publisher();
    for (const lane of await say('the words of a customer')) await queue.add(lane);
    await queue.idle();
    expect(lines).not.toHaveLength(0);
    expect(lines.filter((line) => /words of a customer|hush-hush/.test(line))).toEqual([]);
  });
});

describe('sweepLanes', () => {
  it('finds a lane whose wake-up was lost', async () => {
    const { storage, account } = fixture;
    const target = await receiver();
    await addEndpoint(storage, account, target.url);
    const { say } = await call();
    await say('one');
    const { queue, sweep } = await publisher();
    expect(await sweep()).toBe(1);
    await target.waitFor(1);
    await queue.idle();
    expect(await sweep()).toBe(0);
  });

  it('leaves lanes that somebody holds alone', async () => {
    const { storage, account } = fixture;
    await addEndpoint(storage, account, 'http://127.0.0.1:9/');
    const { say } = await call();
    const [lane] = await say('one');
    if (lane !== undefined) await storage.lanes.hold(lane, 'another publisher', Date.now() + 60_000);
    const { sweep } = await publisher();
    expect(await sweep()).toBe(0);
  });
});
