import { setTimeout as delay } from 'node:timers/promises';
import { judgeArrivals, type Arrival, type StoredDelivery } from '@earshot/delivery-load';
import { BenchError } from '../bench.ts';
import { startMeter, type Spent } from '../call-load/load-meter.ts';
import { writeOpenly } from './open-arrivals.ts';
import type { Policy } from './webhook-options.ts';
import { SLOW_ENDPOINT, type WebhookWorld } from './webhook-world.ts';

export interface Point {
  readonly policy: Policy;
  readonly ratePerSecond: number;
  /** Counted ones; those of the warm-up come before them. */
  readonly seconds: number;
  readonly conversations: number;
  /** Each with an app and a share of the conversations of its own. */
  readonly endpoints: number;
  /** One more endpoint whose receiver takes two seconds for each answer; not counted among the latencies. */
  readonly withSlow: boolean;
}

export interface PointResult extends Spent {
  /** Commit to 2xx, of the messages committed after the warm-up. */
  readonly latenciesMs: readonly number[];
  /** 2xx a second, over those of the counted time. */
  readonly throughput: number;
  readonly committed: number;
  /** Due moment to commit. */
  readonly commitMs: readonly number[];
  /** Neither accepted, nor counted as dropped or failed. */
  readonly lost: number;
  readonly dropped: number;
  readonly outOfOrder: number;
  readonly doubled: number;
}

export const WARM_UP_MS = 2000;
const BEGIN_WITHIN_MS = 2000;
const DRAIN_MS_MAX = 60_000;
const LOOK_EVERY_MS = 100;

/** Commits messages at a rate, then compares what was committed with all that the receiver got. */
export async function runPoint(world: WebhookWorld, point: Point): Promise<PointResult> {
  const { receiver, reader, context } = world;
  const { endpoints, conversations, endpointIds } = await prepare(world, point);
  // Every lane is taken, as it is once a call has had its first words; calls do not begin all at once.
  const first = {
    ratePerSecond: (conversations.length * 1000) / BEGIN_WITHIN_MS,
    count: conversations.length,
  };
  await writeOpenly(conversations, first, context.signal);
  await untilSettled(world, endpointIds);
  const count = Math.round(((WARM_UP_MS + point.seconds * 1000) * point.ratePerSecond) / 1000);
  const readMeter = await startMeter(partsOf(world), world.figures);
  const written = await writeOpenly(conversations, { ...point, count }, context.signal);
  const spent = await readMeter();
  await untilSettled(world, endpointIds);
  const [arrivals, stored] = [await receiver.take(), await reader.read(endpointIds)];
  const committed = conversations.reduce((sum, { committedCount }) => sum + committedCount, 0);
  if (stored.length !== committed)
    throw new BenchError(`Cannot measure: ${stored.length} of ${committed} are stored`);

  const accepted = firstAccepted(arrivals);
  const isFast = ({ endpointId }: StoredDelivery): boolean => endpoints.get(endpointId) !== SLOW_ENDPOINT;
  const countedFromMs = written.startedAtMs + WARM_UP_MS;
  const counted = stored.filter((row) => row.createdAtMs >= countedFromMs && isFast(row));
  const answered = counted.flatMap(({ webhookId, createdAtMs }) => {
    const answeredAtMs = accepted.get(webhookId)?.answeredAtMs;
    return answeredAtMs === undefined ? [] : [{ answeredAtMs, latencyMs: answeredAtMs - createdAtMs }];
  });
  const lastAtMs = answered.reduce((latest, { answeredAtMs }) => Math.max(latest, answeredAtMs), 0);
  const { outOfOrder, doubled } = judgeArrivals(arrivals);
  return {
    ...spent,
    latenciesMs: answered.map(({ latencyMs }) => latencyMs),
    throughput: (answered.length * 1000) / (lastAtMs - countedFromMs),
    committed,
    commitMs: written.commitMs,
    lost: stored.filter(
      (row) => !accepted.has(row.webhookId) && row.state !== 'dropped' && row.state !== 'failed',
    ).length,
    dropped: stored.filter(({ state }) => state === 'dropped').length,
    outOfOrder,
    doubled,
  };
}

/** New apps, endpoints and conversations, so that nothing of an earlier point is in the way. */
async function prepare({ writer, receiver }: WebhookWorld, point: Point) {
  const names = Array.from({ length: point.endpoints }, (_none, index) => `fast-${index}`);
  if (point.withSlow) names.push(SLOW_ENDPOINT);
  const endpoints = new Map<string, string>();
  const appIds: string[] = [];
  for (const name of names) {
    const appId = await writer.addApp();
    endpoints.set(await writer.addEndpoint({ appId, url: receiver.urlOf(name), policy: point.policy }), name);
    appIds.push(appId);
  }
  const conversations = await Promise.all(
    Array.from({ length: point.conversations }, (_none, index) =>
      writer.startConversation(appIds[index % appIds.length] ?? ''),
    ),
  );
  return { endpoints, conversations, endpointIds: [...endpoints.keys()] };
}

function partsOf({ publisher, receiver, services }: WebhookWorld) {
  return {
    pids: {
      publisher: [publisher.pid],
      receiver: [receiver.pid],
      redis: services.redis === undefined ? [] : [services.redis.pid],
      writer: [process.pid],
    },
    postgresPid: services.postgres.pid,
  };
}

/** Until nothing waits. What still waits then counts as lost. */
async function untilSettled(
  { reader, context }: WebhookWorld,
  endpointIds: readonly string[],
): Promise<void> {
  const untilMs = performance.now() + DRAIN_MS_MAX;
  while ((await reader.countPending(endpointIds)) > 0 && performance.now() < untilMs) {
    await delay(LOOK_EVERY_MS, undefined, { signal: context.signal });
  }
}

function firstAccepted(arrivals: readonly Arrival[]): Map<string, Arrival> {
  const accepted = new Map<string, Arrival>();
  for (const arrival of arrivals) {
    if (arrival.status < 300 && !accepted.has(arrival.webhookId)) accepted.set(arrival.webhookId, arrival);
  }
  return accepted;
}
