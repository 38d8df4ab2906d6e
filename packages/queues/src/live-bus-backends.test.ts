import { randomUUID } from 'node:crypto';
import { createTestDatabase, testRedisUrl } from '@earshot/testing';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { committed, describeLiveBus, partial } from './contract/describe-live-bus.ts';
import { openLiveBus, type LiveEvent, type OpenLiveBusOptions } from './index.ts';
import { createFakeLiveBus } from './testing.ts';
import { startCuttableProxy } from './testing/cuttable-proxy.ts';
import { collectSeen } from './testing/seen.ts';

interface Backend {
  readonly options: OpenLiveBusOptions;
  /** Says something on every channel of the tenant that anybody listens to. */
  say(payload: string): Promise<void>;
  dispose(): Promise<void>;
}

const redisUrl = testRedisUrl();
const unused = 'postgres://127.0.0.1:1/unused';

async function openOnPostgres(): Promise<Backend> {
  const database = await createTestDatabase();
  return {
    options: { databaseUrl: database.url },
    async say(payload) {
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      for (const name of [CHANNEL, 'control'])
        await client.query('select pg_notify($1, $2)', [`earshot_live_${name}`, payload]);
      await client.end();
    },
    dispose: () => database.drop(),
  };
}

async function openOnRedis(): Promise<Backend> {
  const redisKeyPrefix = `{test-${randomUUID()}}`;
  const url = redisUrl ?? '';
  return {
    options: { redisUrl: url, databaseUrl: unused, redisKeyPrefix },
    async say(payload) {
      const client = new Redis(url);
      for (const name of [CHANNEL, 'control'])
        await client.publish(`${redisKeyPrefix}:live:${name}`, payload);
      client.disconnect();
    },
    dispose: async () => undefined,
  };
}

/** Of tenant `t-1`. */
const CHANNEL = '46e9bc3476c92ea24fb17adac6cd9cda';

const backends = [
  { name: 'NOTIFY of PostgreSQL', open: openOnPostgres, isHere: true },
  { name: 'Redis pub/sub', open: openOnRedis, isHere: redisUrl !== undefined },
];

describeLiveBus('The fake', async () => {
  const bus = createFakeLiveBus();
  return { connect: async () => bus.another(), dispose: async () => undefined };
});

describe.each(backends.filter(({ isHere }) => isHere))('$name', ({ name, open }) => {
  const cleanups: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  });

  async function openBackend(): Promise<Backend> {
    const backend = await open();
    cleanups.push(() => backend.dispose());
    return backend;
  }
  async function openBus(options: OpenLiveBusOptions) {
    const bus = await openLiveBus(options);
    cleanups.push(() => bus.close());
    return bus;
  }
  async function throughProxy(options: OpenLiveBusOptions) {
    const proxy = await startCuttableProxy(new URL(options.redisUrl ?? options.databaseUrl));
    cleanups.push(() => proxy.close());
    const near = options.redisUrl === undefined ? 'databaseUrl' : 'redisUrl';
    return { proxy, options: { ...options, [near]: proxy.rewrite(options[near] ?? '') } };
  }

  describeLiveBus(name, async () => {
    const backend = await open();
    return { connect: () => openLiveBus(backend.options), dispose: () => backend.dispose() };
  });

  it('tells a bus that opens later who is watched', async () => {
    const { options } = await openBackend();
    const watching = await openBus(options);
    await watching.watch({ tenantId: 't-1', conversationId: 'c-1', partials: true }, () => undefined);
    const late = await openBus(options);
    await expect.poll(() => late.isWatched('t-1', 'c-1', 'partials')).toBe(true);
    expect(late.isWatched('t-1', 'c-2', 'any')).toBe(false);
  });

  it('hears again, and is known again, after its connections broke', async () => {
    const { options } = await openBackend();
    const far = await throughProxy(options);
    const publishing = await openBus(options);
    const errors = collectSeen<unknown>();
    const watching = await openBus({ ...far.options, onBackgroundError: (error) => errors.push(error) });
    const seen = collectSeen<LiveEvent>();
    await watching.watch({ tenantId: 't-1', partials: true }, (event) => seen.push(event));
    publishing.publish(committed('c', 'before'));
    await seen.reaches(1);

    far.proxy.cut();
    await errors.reaches(1);
    const restarted = await openBus(options);
    far.proxy.restore();
    await expect.poll(() => restarted.isWatched('t-1', 'c', 'any')).toBe(true);
    await expect
      .poll(() => {
        publishing.publish(committed('c', 'after'));
        return seen.items.length;
      })
      .toBeGreaterThan(1);
  });

  it('drops and counts what it cannot send, and rejects a watch, while the backend is away', async () => {
    const { options } = await openBackend();
    const far = await throughProxy(options);
    const dropped = collectSeen<number>();
    const bus = await openBus({
      ...far.options,
      publishQueueMax: 10,
      onDrop: (count) => dropped.push(count),
    });
    far.proxy.silence();
    for (let index = 0; index < 50; index += 1) bus.publish(committed('c', `m-${index}`));
    expect(dropped.items.length).toBeGreaterThanOrEqual(39);
    const watch = bus.watch({ tenantId: 't-1', partials: false }, () => undefined);
    await expect(watch).rejects.toMatchObject({ code: 'queues.unavailable', retryable: true });
    const total = () => dropped.items.reduce((sum, count) => sum + count, 0);
    await expect.poll(total).toBeGreaterThanOrEqual(50);
  });

  it('opens without a backend and finds it when it comes', async () => {
    const { options } = await openBackend();
    const far = await throughProxy(options);
    far.proxy.cut();
    const bus = await openBus(far.options);
    far.proxy.restore();
    const seen = collectSeen<LiveEvent>();
    await expect
      .poll(() =>
        bus
          .watch({ tenantId: 't-1', partials: false }, (event) => seen.push(event))
          .then(() => 'watching', String),
      )
      .toBe('watching');
    bus.publish(committed('c', 'm-1'));
    expect(await seen.reaches(1)).toEqual([committed('c', 'm-1')]);
  });

  it('reports a message that is not what it must be, without its text, and goes on', async () => {
    const backend = await openBackend();
    const errors = collectSeen<unknown>();
    const bus = await openBus({ ...backend.options, onBackgroundError: (error) => errors.push(error) });
    const seen = collectSeen<LiveEvent>();
    await bus.watch({ tenantId: 't-1', partials: true }, (event) => seen.push(event));
    await backend.say('my card is four oh seven one');
    await backend.say(JSON.stringify({ ...partial('c', 'my card is four oh seven one'), revision: 'x' }));
    expect(await errors.reaches(4)).toMatchObject(
      Array.from({ length: 4 }, () => ({ code: 'queues.payload-invalid' })),
    );
    expect(JSON.stringify(errors.items.map(String))).not.toContain('four');
    bus.publish(committed('c', 'm-1'));
    expect(await seen.reaches(1)).toHaveLength(1);
  });

  it('carries the last 1,000 characters of a partial, whatever they are', async () => {
    const { options } = await openBackend();
    const bus = await openBus(options);
    const seen = collectSeen<LiveEvent>();
    await bus.watch({ tenantId: 't-1', partials: true }, (event) => seen.push(event));
    const text = '\u0001\u4e2d'.repeat(600);
    bus.publish(partial('c', text));
    bus.publish(partial('c', `${'\u{1f600}'.repeat(499)}abc`, 2));
    const [first, second] = await seen.reaches(2);
    expect(first).toMatchObject({ text: text.slice(-1_000) });
    expect(second).toMatchObject({ text: `${'\u{1f600}'.repeat(498)}abc` });
  });
});
