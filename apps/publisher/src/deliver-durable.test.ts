import { startWebhookReceiver, type WebhookReceiver, type WebhookReceiverOptions } from '@earshot/testing';
import { afterEach, describe, expect, it } from 'vitest';
import type { EventReporter } from './events/event-reporter.ts';
import { retryDelayMs } from './retry-schedule.ts';
import { addEndpoint, bodyOf, startCall } from './testing/call-writer.ts';
import { movableClock } from './testing/movable-clock.ts';
import { allDeliveries, publisherUnderTest, type PublisherSettings } from './testing/publisher-under-test.ts';
import { useStorage } from './testing/use-storage.ts';

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

type Fields = Parameters<typeof addEndpoint>[3];

/** A durable endpoint at a receiver, and a publisher whose clock can be put forward. */
async function setUp(answer: WebhookReceiverOptions, fields: Fields = {}, settings: PublisherSettings = {}) {
  const { storage, account } = fixture;
  const target = await receiver(answer);
  const endpointId = await addEndpoint(storage, account, target.url, { policy: 'durable', ...fields });
  const clock = movableClock();
  const told: string[] = [];
  const tell = (name: string) => async () => void told.push(name);
  const events: EventReporter = {
    endpointDisabled: tell('disabled'),
    circuitOpened: tell('opened'),
    circuitClosed: tell('closed'),
    deadLetter: tell('dead'),
  };
  const one = await publisherUnderTest(storage, { clock, events, random: () => 0.5, ...settings });
  cleanUps.push(() => one.close());
  const { queue } = one;
  const say = async (call: Awaited<ReturnType<typeof startCall>>, ...texts: string[]) => {
    for (const text of texts) for (const lane of await call.say(text)) await queue.add(lane);
  };
  /** Lets the sweeper come `ms` later. */
  const later = async (ms: number): Promise<void> => {
    clock.forward(ms);
    await one.sweep();
    await queue.idle();
  };
  const deliveries = () => allDeliveries(storage, account.tenantId);
  return { ...one, storage, account, target, endpointId, clock, told, say, later, deliveries };
}

const newCall = () => startCall(fixture.storage, fixture.account);
const sequences = (target: WebhookReceiver) =>
  target.requests.map(({ headers }) => Number(headers['earshot-sequence']));

describe('deliverLane of a durable endpoint', () => {
  it('tries again until the target takes it, the same message each time, and holds back what is behind', async () => {
    const answers = [500, 503, 302, 200];
    const { target, queue, say, later, deliveries } = await setUp({
      handler: (_request, index) => ({ status: answers[index] ?? 200 }),
    });
    const call = await newCall();
    await say(call, 'first', 'second');
    await queue.idle();
    expect(sequences(target)).toEqual([1]);
    expect(await deliveries()).toMatchObject([
      { state: 'pending', attempts: 1, lastStatus: 500 },
      { attempts: 0 },
    ]);
    await later(500);
    expect(sequences(target)).toEqual([1]);
    await later(1000);
    await later(3000);
    await later(10_000);
    expect(sequences(target)).toEqual([1, 1, 1, 1, 2]);
    const [first, ...again] = target.requests.slice(0, 4);
    for (const request of again) {
      expect(request.body).toBe(first?.body);
      expect(request.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    }
    expect(await deliveries()).toMatchObject([
      { state: 'delivered', attempts: 4 },
      { state: 'delivered', attempts: 1 },
    ]);
  });

  it('waits inside the run for an attempt that is due sooner than the lane would be given up', async () => {
    const { target, queue, say } = await setUp(
      { handler: (_request, index) => ({ status: index === 0 ? 500 : 200 }) },
      {},
      { lingerMs: 3000 },
    );
    await say(await newCall(), 'one', 'two');
    await target.waitFor(3);
    expect(sequences(target)).toEqual([1, 1, 2]);
    await queue.close();
  });

  it('waits as long as the target asks', async () => {
    const { target, queue, say, later } = await setUp({
      handler: (_request, index) =>
        index === 0 ? { status: 429, headers: { 'retry-after': '600' } } : { status: 200 },
    });
    await say(await newCall(), 'one');
    await queue.idle();
    await later(598_000);
    expect(target.requests).toHaveLength(1);
    await later(3000);
    expect(target.requests).toHaveLength(2);
  });

  it('makes a dead letter after the last attempt and goes on with the next message', async () => {
    let broken = true;
    const { target, queue, say, later, told, deliveries } = await setUp({
      handler: ({ headers }) => ({ status: broken && headers['earshot-sequence'] === '1' ? 500 : 200 }),
    });
    await say(await newCall(), 'first', 'second');
    await queue.idle();
    for (let failed = 1; retryDelayMs(failed, 0.5) !== undefined; failed += 1) {
      await later(retryDelayMs(failed, 0.5) ?? 0);
    }
    expect(sequences(target)).toEqual([...Array<number>(11).fill(1), 2]);
    expect(await deliveries()).toMatchObject([
      { state: 'dead', attempts: 11, lastStatus: 500 },
      { state: 'delivered' },
    ]);
    expect(told).toEqual(['dead']);
    broken = false;
  });

  it('skips a message after as many attempts as the endpoint says', async () => {
    const { target, queue, say, later, deliveries } = await setUp(
      { handler: ({ headers }) => ({ status: headers['earshot-sequence'] === '1' ? 400 : 200 }) },
      { headOfLine: 'skip-after-attempts', skipAfterAttempts: 2 },
    );
    await say(await newCall(), 'first', 'second');
    await queue.idle();
    await later(1000);
    expect(sequences(target)).toEqual([1, 1, 2]);
    expect(await deliveries()).toMatchObject([{ state: 'dead', attempts: 2 }, { state: 'delivered' }]);
  });

  it('lets a lane that waits hold up no other', async () => {
    const failing = await newCall();
    const { target, queue, say } = await setUp({
      handler: ({ body }) => ({ status: body.includes(failing.guid) ? 500 : 200 }),
    });
    const other = await newCall();
    await say(failing, 'stuck');
    await say(other, 'one', 'two');
    await queue.idle();
    const own = target.requests.filter(({ body }) => body.includes(other.guid));
    expect(own.map(({ body }) => body)).toEqual([bodyOf(other.guid, 'one'), bodyOf(other.guid, 'two')]);
  });

  it('is disabled by a 410; what waits becomes dead letters', async () => {
    const { storage, account, endpointId, target, queue, say, told, deliveries } = await setUp({
      status: 410,
    });
    await say(await newCall(), 'first', 'second', 'third');
    await queue.idle();
    expect(target.requests).toHaveLength(1);
    expect(await deliveries()).toMatchObject([
      { state: 'dead', attempts: 1, lastStatus: 410 },
      { state: 'dead', attempts: 0, lastError: 'webhook.endpoint-disabled' },
      { state: 'dead', attempts: 0 },
    ]);
    const endpoint = await storage.endpoints.get(account.tenantId, endpointId);
    expect(endpoint).toMatchObject({ enabled: false, stateReason: expect.stringContaining('410') });
    expect(told).toContain('disabled');
  });

  it('keeps what waits while the endpoint is paused', async () => {
    const { storage, account, endpointId, clock, target, queue, say, later } = await setUp({});
    const change = { tenantId: account.tenantId, endpointId, atMs: clock.now() };
    await storage.endpoints.setPaused({ ...change, paused: true });
    await say(await newCall(), 'first', 'second');
    await queue.idle();
    await later(3_600_000);
    expect(target.requests).toEqual([]);
    await storage.endpoints.setPaused({ ...change, paused: false });
    await later(5000);
    expect(sequences(target)).toEqual([1, 2]);
  });

  it('keeps of a refusal what the target said, masked', async () => {
    const { storage, account, queue, say, deliveries } = await setUp({
      handler: () => ({ status: 400, body: 'no such account 12345678' }),
    });
    await say(await newCall(), 'one');
    await queue.idle();
    const [record] = await deliveries();
    const detail = await storage.deliveryReplays.get(account.tenantId, record?.deliveryId ?? '');
    expect(detail?.attemptList).toMatchObject([{ status: 400, responsePreview: 'no such account ########' }]);
  });

  it('sends a replayed message again, with its id and its place, also while the lane is held', async () => {
    let broken = true;
    const { storage, account, target, queue, say, deliveries } = await setUp(
      { handler: ({ headers }) => ({ status: broken && headers['earshot-sequence'] === '1' ? 500 : 200 }) },
      { headOfLine: 'skip-after-attempts', skipAfterAttempts: 1 },
      { lingerMs: 60_000 },
    );
    await say(await newCall(), 'first', 'second');
    await target.waitFor(2);
    await expect
      .poll(async () => (await deliveries()).map(({ state }) => state))
      .toEqual(['dead', 'delivered']);
    broken = false;
    const [dead] = await deliveries();
    const { tenantId } = account;
    const outcome = await storage.deliveryReplays.retry({
      tenantId,
      deliveryId: dead?.deliveryId ?? '',
      atMs: Date.now(),
    });
    if (outcome.type !== 'queued') throw new Error(`Cannot go on: ${outcome.type}`);
    storage.notifications.wakeLanes([outcome.lane], 'from-beginning');
    await target.waitFor(3);
    expect(sequences(target)).toEqual([1, 2, 1]);
    expect(target.requests[2]?.headers['webhook-id']).toBe(target.requests[0]?.headers['webhook-id']);
    await expect
      .poll(async () => (await deliveries()).map(({ state }) => state))
      .toEqual(['delivered', 'delivered']);
    await queue.close();
  });
});

describe('the circuit of a durable endpoint', () => {
  it('opens for all publishers after failures, lets one probe through, and closes when it succeeds', async () => {
    let status = 500;
    const { storage, account, endpointId, target, clock, queue, say, told, later, deliveries } = await setUp({
      handler: () => ({ status }),
    });
    const calls = await Promise.all(Array.from({ length: 10 }, newCall));
    for (const call of calls) await say(call, 'hello');
    await queue.idle();
    expect(target.requests).toHaveLength(10);
    expect(told).toEqual(['opened']);
    const two = await publisherUnderTest(storage, { clock });
    cleanUps.push(() => two.close());
    const late = await newCall();
    for (const lane of await late.say('not yet')) await two.queue.add(lane);
    await two.queue.idle();
    await later(20_000);
    expect(target.requests).toHaveLength(10);

    await later(15_000);
    expect(target.requests).toHaveLength(11);
    const read = async () => (await storage.circuits.read(account.tenantId, [endpointId])).get(endpointId);
    expect(await read()).toMatchObject({ state: 'open', openedCount: 2 });
    const attempts = (await deliveries()).map((delivery) => delivery.attempts);
    expect(attempts.reduce((sum, count) => sum + count)).toBe(11);

    status = 200;
    await later(61_000);
    await later(1);
    await later(1);
    expect(await read()).toMatchObject({ state: 'closed' });
    expect(told).toEqual(['opened', 'closed']);
    await later(60_000);
    expect(new Set((await deliveries()).map(({ state }) => state))).toEqual(new Set(['delivered']));
  });
});
