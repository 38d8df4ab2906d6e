import { setTimeout as delay } from 'node:timers/promises';
import {
  judgeArrivals,
  openDeliveryReader,
  openWriter,
  startReceiver,
  type Arrival,
  type DeliveryReader,
  type DeliveryWriter,
  type Receiver,
  type StoredDelivery,
} from '@earshot/delivery-load';
import { newMasterKey } from '@earshot/scripted-ingest';
import { testRedisUrl } from '@earshot/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { between, seededRandom, type Random } from '../kill/seeded-random.ts';
import { startKillableServices, type KillableServices } from './killable-services.ts';
import { startPublishers, type PublisherFleet } from './publisher-fleet.ts';
import { speak } from './spoken-messages.ts';

/** How often something is killed; each thing at least once. `verify:all` asks for more. */
const MOMENTS_MIN = Number(process.env['EARSHOT_KILL_MOMENTS'] ?? 1);
const SEED = Number(process.env['EARSHOT_KILL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const CONVERSATIONS = 30;
const SPOKEN_EVERY_MS = 200;
const REFUSED_SHARE = 0.01;
const SETTLED_MS_MAX = 240_000;
const MOMENT_TIMEOUT_MS = 20_000;
const POLICIES = ['durable', 'realtime'] as const;
type Policy = (typeof POLICIES)[number];

/** Figures are for people; no test depends on them. */
function tell(line: string): void {
  process.stderr.write(`  ${line}\n`);
}

interface Killable {
  readonly name: string;
  readonly kill: () => Promise<void>;
}

/** Each once in an order of chance, again and again until there are enough. */
function momentsOf(random: Random, killables: readonly Killable[]): Killable[] {
  const moments: Killable[] = [];
  while (moments.length < Math.max(MOMENTS_MIN, killables.length)) {
    const left = [...killables];
    while (left.length > 0) moments.push(...left.splice(between(random, 0, left.length - 1), 1));
  }
  return moments;
}

function describeOn(backend: string, withRedis: boolean): void {
  describe(`deliveries with queues on ${backend}`, () => {
    const state: {
      services?: KillableServices;
      writer?: DeliveryWriter;
      reader?: DeliveryReader;
      receiver?: Receiver;
      fleet?: PublisherFleet;
    } = {};

    beforeAll(async () => {
      const services = (state.services = await startKillableServices({ withRedis }));
      const { databaseUrl, redisUrl } = services;
      const surroundings = { databaseUrl, redisUrl, masterKey: newMasterKey() };
      state.writer = await openWriter(surroundings);
      state.reader = openDeliveryReader(databaseUrl);
      state.receiver = await startReceiver({ refusedShare: REFUSED_SHARE });
      state.fleet = await startPublishers(surroundings, 2);
    });
    afterAll(async () => {
      await state.fleet?.close();
      await state.receiver?.close();
      await state.reader?.close();
      await state.writer?.close();
      await state.services?.stop();
    });

    it(
      'are complete and in order whatever is killed',
      async () => {
        const { services, writer, reader, receiver, fleet } = state;
        if (!services || !writer || !reader || !receiver || !fleet) throw new Error('Not started');
        tell(`${backend}: EARSHOT_KILL_SEED=${SEED}`);
        const random = seededRandom(SEED);
        const appId = await writer.addApp();
        const endpointIds = new Map<Policy, string>();
        for (const policy of POLICIES) {
          const url = receiver.urlOf(policy);
          endpointIds.set(policy, await writer.addEndpoint({ appId, url, policy }));
        }
        const conversations = await Promise.all(
          Array.from({ length: CONVERSATIONS }, () => writer.startConversation(appId)),
        );
        const moments = momentsOf(random, [
          { name: 'publisher', kill: () => fleet.kill() },
          { name: 'PostgreSQL', kill: () => services.killPostgres() },
          ...(withRedis ? redisKills(services) : []),
        ]);
        const spoken = speak(conversations, SPOKEN_EVERY_MS);
        for (const { name, kill } of moments) {
          await Promise.race([delay(between(random, 200, 1200)), fleet.endedByItself]);
          tell(`${backend}: ${name} is killed`);
          await kill();
        }
        await delay(between(random, 200, 1200));
        const committedCount = await spoken.stop();
        const ids = [...endpointIds.values()];
        await Promise.race([untilSettled(reader, ids), fleet.endedByItself]);

        const stored = await reader.read(ids);
        const arrivals = await receiver.take();
        for (const policy of POLICIES) {
          const rows = stored.filter(({ endpointId }) => endpointId === endpointIds.get(policy));
          const posts = arrivals.filter(({ endpoint }) => endpoint === policy);
          expect(sequencesByCall(rows)).toEqual(
            new Map(conversations.map(({ guid, committedCount: count }) => [guid, upTo(count)])),
          );
          if (policy === 'durable') expectDurable(rows, posts);
          else expectRealtime(rows, posts);
          tellOf(`${backend}, ${policy}`, committedCount, rows, posts);
        }
      },
      MOMENT_TIMEOUT_MS * (MOMENTS_MIN + 4) + SETTLED_MS_MAX,
    );
  });
}

function redisKills(services: KillableServices): readonly Killable[] {
  return [
    { name: 'Redis', kill: () => services.killRedis({ keepData: true }) },
    { name: 'Redis with its data', kill: () => services.killRedis({ keepData: false }) },
  ];
}

async function untilSettled(reader: DeliveryReader, endpointIds: readonly string[]): Promise<void> {
  const untilMs = performance.now() + SETTLED_MS_MAX;
  while ((await reader.countPending(endpointIds)) > 0) {
    if (performance.now() > untilMs) throw new Error(`Deliveries wait after ${SETTLED_MS_MAX} ms`);
    await delay(100);
  }
}

/** Nothing lost; doubles only under the same id; nothing sent before what comes before it was accepted. */
function expectDurable(rows: readonly StoredDelivery[], posts: readonly Arrival[]): void {
  expect(countStates(rows)).toEqual({ delivered: rows.length });
  expect(rows.filter(({ webhookId }) => !acceptedIds(posts).has(webhookId))).toEqual([]);
  expect(judgeArrivals(posts)).toMatchObject({ outOfOrder: 0, overlapping: 0, early: 0, renamed: 0 });
}

/** Never out of order, and each message is told of: delivered, failed or dropped. */
function expectRealtime(rows: readonly StoredDelivery[], posts: readonly Arrival[]): void {
  const { delivered = 0, failed = 0, dropped = 0 } = countStates(rows);
  expect(delivered + failed + dropped).toBe(rows.length);
  const accepted = acceptedIds(posts);
  expect(rows.filter(({ state, webhookId }) => state === 'delivered' && !accepted.has(webhookId))).toEqual(
    [],
  );
  expect(judgeArrivals(posts)).toMatchObject({ outOfOrder: 0, overlapping: 0, renamed: 0 });
}

function acceptedIds(posts: readonly Arrival[]): ReadonlySet<string> {
  return new Set(posts.filter(({ status }) => status < 300).map(({ webhookId }) => webhookId));
}

function countStates(rows: readonly StoredDelivery[]): Partial<Record<StoredDelivery['state'], number>> {
  const counts: Partial<Record<StoredDelivery['state'], number>> = {};
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

function sequencesByCall(rows: readonly StoredDelivery[]): Map<string, number[]> {
  const calls = Map.groupBy(rows, ({ guid }) => guid);
  return new Map([...calls].map(([guid, ofCall]) => [guid, ofCall.map(({ sequence }) => sequence)]));
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_none, index) => index + 1);
}

function tellOf(
  what: string,
  committedCount: number,
  rows: readonly StoredDelivery[],
  posts: readonly Arrival[],
): void {
  const { doubled } = judgeArrivals(posts);
  const refused = posts.filter(({ status }) => status >= 300).length;
  const states = JSON.stringify(countStates(rows));
  tell(`${what}: ${committedCount} committed, ${states}, ${doubled} doubled, ${refused} refused`);
}

describeOn('PostgreSQL', false);
describe.skipIf(testRedisUrl() === undefined)('where a redis-server is on PATH', () => {
  describeOn('Redis', true);
});
