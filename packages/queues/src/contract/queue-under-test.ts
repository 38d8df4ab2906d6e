import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { connectQueues, type ConnectQueuesOptions } from '../lib/connect-queues.ts';
import type {
  JobHandler,
  QueueConnection,
  QueueContract,
  Producer,
  RunningWorker,
} from '../lib/contract-types.ts';
import { createProducer } from '../lib/create-producer.ts';
import { runWorker } from '../lib/run-worker.ts';
import { startCuttableProxy, type CuttableProxy } from '../testing/cuttable-proxy.ts';
import { probeQueue, type ProbeJob } from '../testing/probe-queue.ts';

export interface QueueBackendUnderTest {
  readonly options: ConnectQueuesOptions;
  dispose(): Promise<void>;
}

/** A backend with one connection for all tests; what a test opens is closed after it, the last opened first. */
export interface QueueUnderTest {
  readonly connectOptions: ConnectQueuesOptions;
  readonly connection: QueueConnection;
  freshQueue(overrides?: Partial<QueueContract<ProbeJob>>): QueueContract<ProbeJob>;
  producerOf(queue: QueueContract<ProbeJob>): Producer<ProbeJob>;
  startWorker(
    queue: QueueContract<ProbeJob>,
    handler: JobHandler<ProbeJob>,
    options?: { concurrency?: number; drainMs?: number; onError?: (error: unknown) => void },
  ): Promise<RunningWorker>;
  /** A connection of its own that a test can cut. */
  connectFar(): Promise<{ readonly proxy: CuttableProxy; readonly connection: QueueConnection }>;
  cleanUp(after: () => Promise<void>): void;
}

export const DONE = { type: 'done' } as const;
export const HAND_OVER = { type: 'hand-over' } as const;

/** To be called inside a `describe`. */
export function useQueueBackend(open: () => Promise<QueueBackendUnderTest>): QueueUnderTest {
  const state: { backend?: QueueBackendUnderTest; connection?: QueueConnection } = {};
  const cleanups: (() => Promise<void>)[] = [];
  const cleanUp = (after: () => Promise<void>): void => void cleanups.push(after);
  const connection = (): QueueConnection => ready(state.connection);
  const options = (): ConnectQueuesOptions => ready(state.backend).options;

  beforeAll(async () => {
    state.backend = await open();
    state.connection = await connectQueues(state.backend.options);
  });
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  });
  afterAll(async () => {
    await state.connection?.close();
    await state.backend?.dispose();
  });

  return {
    get connectOptions() {
      return options();
    },
    get connection() {
      return connection();
    },
    cleanUp,
    freshQueue: (overrides = {}) => probeQueue(`probe-${randomUUID()}`, overrides),
    producerOf(queue) {
      // Generous: these tests are about what an add does, not about a busy machine.
      const producer = createProducer(connection(), queue, { timeoutMs: 10_000 });
      cleanUp(() => producer.close());
      return producer;
    },
    async startWorker(queue, handler, { concurrency = 1, drainMs = 5_000, onError = () => undefined } = {}) {
      const worker = await runWorker(connection(), queue, handler, { concurrency, drainMs, onError });
      cleanUp(() => worker.close());
      return worker;
    },
    async connectFar() {
      const proxy = await startCuttableProxy(new URL(options().redisUrl ?? options().databaseUrl));
      cleanUp(() => proxy.close());
      const far = await connectQueues(throughProxy(options(), proxy));
      cleanUp(() => far.close());
      return { proxy, connection: far };
    },
  };
}

function ready<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('Cannot use the queue backend before the tests have begun');
  return value;
}

function throughProxy(options: ConnectQueuesOptions, proxy: CuttableProxy): ConnectQueuesOptions {
  return options.redisUrl === undefined
    ? { ...options, databaseUrl: proxy.rewrite(options.databaseUrl) }
    : { ...options, redisUrl: proxy.rewrite(options.redisUrl) };
}
