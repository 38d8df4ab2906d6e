import { randomUUID } from 'node:crypto';
import { createLogger } from '@earshot/telemetry';
import { answer, accept, startHostileReceiver } from '@earshot/hostile-receivers';
import { afterEach, describe, expect, it } from 'vitest';
import { addEndpoint, startCall } from '../testing/call-writer.ts';
import { allDeliveries, publisherUnderTest } from '../testing/publisher-under-test.ts';
import { useStorage } from '../testing/use-storage.ts';
import { replayDeliveries } from './replay-deliveries.ts';
import { wakeFromBeginning } from './wake-lanes.ts';

const fixture = useStorage();
const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

/** A target that refused three messages of a call, and the publisher that sent them. */
async function setUp() {
  const { storage, account } = fixture;
  const target = await startHostileReceiver({ behave: answer(503) });
  const endpointId = await addEndpoint(storage, account, target.url);
  const publisher = await publisherUnderTest(storage, { lingerMs: 20 });
  cleanUps.push(
    () => target.close(),
    () => publisher.close(),
  );
  const call = await startCall(storage, account, randomUUID());
  const say = async (text: string) => {
    for (const lane of await call.say(text)) await publisher.queue.add(lane);
    await publisher.queue.idle();
  };
  for (const text of ['one', 'two', 'three']) await say(text);
  const endpoint = await storage.endpoints.get(account.tenantId, endpointId);
  if (endpoint === undefined) throw new Error('Cannot read the endpoint of the test');
  const logger = createLogger({ app: 'publisher', level: 'silent' });
  const deps = {
    replays: storage.deliveryReplays,
    laneJobs: publisher.queue,
    notifications: storage.notifications,
    clock: { now: Date.now },
    logger,
  };
  const deliveries = async () =>
    (await allDeliveries(storage, account.tenantId)).filter(({ guid }) => guid === call.guid);
  return { ...account, target, endpoint, publisher, call, deps, deliveries, storage };
}

describe('replayDeliveries', () => {
  it('has what failed sent again in its order, with the ids it had', async () => {
    const { target, endpoint, publisher, call, deps, deliveries } = await setUp();
    expect((await deliveries()).map(({ state }) => state)).toEqual(['failed', 'failed', 'failed']);
    target.behaveAs(accept);
    expect(await replayDeliveries(deps, endpoint, { guid: call.guid })).toEqual({
      replayedCount: 3,
      complete: true,
    });
    await publisher.queue.idle();
    expect((await deliveries()).map(({ state, attempts }) => [state, attempts])).toEqual([
      ['delivered', 2],
      ['delivered', 2],
      ['delivered', 2],
    ]);
    const sent = target.requests.map(({ headers }) => [headers['earshot-sequence'], headers['webhook-id']]);
    expect(sent.slice(3)).toEqual(sent.slice(0, 3));
    expect(sent.map(([sequence]) => sequence)).toEqual(['1', '2', '3', '1', '2', '3']);
  });

  it('leaves alone what was delivered', async () => {
    const { target, endpoint, publisher, call, deps } = await setUp();
    target.behaveAs(accept);
    await replayDeliveries(deps, endpoint, { guid: call.guid });
    await publisher.queue.idle();
    expect(await replayDeliveries(deps, endpoint, { guid: call.guid })).toMatchObject({ replayedCount: 0 });
  });
});

describe('wakeFromBeginning', () => {
  it('has one delivery sent again while its lane is held', async () => {
    const { tenantId, target, publisher, call, deps, deliveries, storage } = await setUp();
    target.behaveAs(accept);
    const [first] = await deliveries();
    for (const lane of await call.say('four')) await publisher.queue.add(lane);
    const retried = await storage.deliveryReplays.retry({
      tenantId,
      deliveryId: first?.deliveryId ?? '',
      atMs: Date.now(),
    });
    if (retried.type !== 'queued') throw new Error(retried.type);
    await wakeFromBeginning(deps, [retried.lane]);
    await publisher.queue.idle();
    const states = (await deliveries()).map(({ sequence, state }) => [sequence, state]);
    expect(states).toEqual([
      [1, 'delivered'],
      [2, 'failed'],
      [3, 'failed'],
      [4, 'delivered'],
    ]);
  });

  it('leaves lanes that cannot be queued to the sweeper', async () => {
    const lines: string[] = [];
    const logger = createLogger({ app: 'publisher', level: 'debug', write: (line) => void lines.push(line) });
    const add = async (): Promise<void> => {
      throw new Error('no queue');
    };
    const notifications = { wakeLanes: () => undefined };
    const lane = { tenantId: 't', endpointId: 'e', conversationId: 'c' };
    await wakeFromBeginning({ laneJobs: { add }, notifications, logger }, [lane]);
    expect(lines.join('')).toContain('lanes.not-woken');
  });
});
