import { newMasterKey } from '@earshot/scripted-ingest';
import type { BenchContext } from '../bench.ts';
import { startLoadServices } from '../call-load/load-services.ts';
import { distribution, type Measurement } from '../harness.ts';
import { runBareLoop } from '../webhook-load/bare-loop.ts';
import { runPoint, WARM_UP_MS, type Point, type PointResult } from '../webhook-load/run-point.ts';
import {
  readWebhookOptions,
  type Backend,
  type Policy,
  type WebhookOptions,
} from '../webhook-load/webhook-options.ts';
import { withWorld, type WebhookWorld } from '../webhook-load/webhook-world.ts';

/** More than two cores can do: what comes out is the most that goes. */
const SATURATION_RATE = 4000;
const SATURATION_SECONDS = 3;
const AGING_RATE = 300;
const MANY_ENDPOINTS = 50;
const MANY_RATE = 500;
/** As many as the publisher has POSTs to one endpoint under way. */
const BARE_CONNECTIONS = 16;

/** Committed message to 2xx through the publisher's own process; every id is asked of the receiver afterwards. */
export async function webhook(context: BenchContext): Promise<void> {
  const options = readWebhookOptions(context.args);
  context.say(
    `one message in each conversation, then ${WARM_UP_MS} ms that are not counted, before every point`,
  );
  // As it comes: a commit waits for the disk.
  const services = await startLoadServices({});
  try {
    const masterKey = newMasterKey();
    for (const backend of options.backends) {
      if (backend === 'redis' && services.redis === undefined) {
        context.say('no redis-server on PATH: left out');
        continue;
      }
      await withWorld(
        { context, services, backend, masterKey, profileDirectory: options.profileDirectory },
        (world) => measureAll(world, options),
      );
    }
  } finally {
    await services.stop();
  }
}

async function measureAll(world: WebhookWorld, options: WebhookOptions): Promise<void> {
  await age(world, options);
  if (!options.isPlain) await measureBareLoop(world, options.seconds);
  const base = {
    conversations: options.conversations,
    seconds: options.seconds,
    endpoints: 1,
    withSlow: false,
  };
  for (const policy of options.policies) {
    for (const ratePerSecond of options.rates) await measure(world, { ...base, policy, ratePerSecond });
    if (options.isPlain) continue;
    await measure(world, {
      ...base,
      policy,
      ratePerSecond: SATURATION_RATE,
      seconds: SATURATION_SECONDS,
    });
    const many = { ...base, policy, ratePerSecond: MANY_RATE, endpoints: MANY_ENDPOINTS };
    await measure(world, many);
    await measure(world, { ...many, withSlow: true });
  }
}

/** A database in use has statistics of its tables within a minute; a new one plans as if they were empty. */
async function age(world: WebhookWorld, { conversations }: WebhookOptions): Promise<void> {
  world.context.say('first messages, then the statistics that autovacuum would make within a minute');
  const point = {
    policy: 'realtime',
    ratePerSecond: AGING_RATE,
    seconds: 1,
    endpoints: 1,
    withSlow: false,
  } as const;
  await runPoint(world, { ...point, conversations });
  await world.figures.analyze();
}

async function measure(world: WebhookWorld, point: Point): Promise<void> {
  const { backend, context } = world;
  context.say(`${point.policy} on ${backend}: ${point.ratePerSecond}/s to ${point.endpoints} endpoints`);
  const result = await runPoint(world, point);
  const params = paramsOf(backend, point);
  const print = (fields: Omit<Measurement, 'bench' | 'peer' | 'params'>, more: Record<string, string> = {}) =>
    context.print({ bench: 'webhook', peer: 'ours', ...fields, params: { ...params, ...more } });

  print({ metric: 'throughput', unit: '1/s', value: result.throughput, n: result.latenciesMs.length });
  print({ metric: 'latency', unit: 'ms', ...distribution(result.latenciesMs) });
  print({ metric: 'commit', unit: 'ms', ...distribution(result.commitMs) });
  for (const metric of ['lost', 'outOfOrder', 'doubled', 'dropped'] as const)
    print({ metric, unit: 'messages', value: result[metric], n: result.committed });
  printCores(result, print);
}

function printCores(
  { cores }: PointResult,
  print: (fields: Omit<Measurement, 'bench' | 'peer' | 'params'>, more: Record<string, string>) => void,
): void {
  for (const [process, value] of Object.entries(cores))
    print({ metric: 'cpu', unit: 'cores', value }, { process });
}

function paramsOf(backend: Backend, point: Point): Record<string, string | number | boolean> {
  const { policy, ratePerSecond, conversations, endpoints, withSlow } = point;
  const offered: { policy: Policy; backend: Backend; rate: number } = {
    policy,
    backend,
    rate: ratePerSecond,
  };
  return { ...offered, conversations, endpoints, slow: withSlow };
}

async function measureBareLoop({ context, receiver }: WebhookWorld, seconds: number): Promise<void> {
  const options = { connections: BARE_CONNECTIONS, durationMs: seconds * 1000 };
  const result = await runBareLoop({ ...options, url: receiver.urlOf('bare') });
  await receiver.take();
  const print = (fields: Pick<Measurement, 'metric' | 'unit' | 'value'> & Partial<Measurement>) =>
    context.print({
      ...fields,
      bench: 'webhook',
      peer: 'bare-loop',
      params: { connections: BARE_CONNECTIONS },
    });
  print({ metric: 'throughput', unit: '1/s', value: result.throughput, n: result.latenciesMs.length });
  print({ metric: 'latency', unit: 'ms', ...distribution(result.latenciesMs) });
}
