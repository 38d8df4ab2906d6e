import { within } from '@earshot/domain';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { QueueConnection } from './contract-types.ts';
import { queueError } from './queue-error.ts';
import { registerLink } from './queue-link.ts';
import { forwardEvents } from './worker-events.ts';

const CONNECT_TIMEOUT_MS = 2_000;
const RECONNECT_DELAY_MAX_MS = 2_000;
const PING_TIMEOUT_MS = 2_000;
const LISTENERS_MAX = 100;

const noPong = () => new Error(`No answer within ${PING_TIMEOUT_MS} ms`);

export async function connectRedis(
  url: string,
  prefix: string,
  onBackgroundError: (error: unknown) => void,
): Promise<QueueConnection> {
  const connect = (options: {
    maxRetriesPerRequest: number | null;
    enableOfflineQueue: boolean;
    lazyConnect: boolean;
  }): Redis => {
    const client = new Redis(url, {
      ...options,
      connectTimeout: CONNECT_TIMEOUT_MS,
      retryStrategy: (times) => Math.min(times * 100, RECONNECT_DELAY_MAX_MS),
    });
    client.setMaxListeners(LISTENERS_MAX);
    client.on('error', onBackgroundError);
    return client;
  };
  // An add fails at once while Redis is away; a worker's commands wait until it is back.
  const producers = connect({ maxRetriesPerRequest: 1, enableOfflineQueue: false, lazyConnect: true });
  // Only so that a ping right after this finds a connection: when this first attempt fails, more follow.
  const limit = () => new Error(`No answer within ${CONNECT_TIMEOUT_MS} ms`);
  await within(producers.connect(), CONNECT_TIMEOUT_MS, limit).catch(onBackgroundError);
  let workers: Redis | undefined;

  const connection: QueueConnection = {
    backend: 'redis',
    async ping() {
      await within(producers.ping(), PING_TIMEOUT_MS, noPong).catch((error: unknown) => {
        throw queueError('queues.unavailable', 'Cannot ping Redis', error);
      });
    },
    async close() {
      producers.disconnect();
      workers?.disconnect();
    },
  };
  return registerLink(connection, {
    openQueue(name) {
      const queue = new Queue(name, { connection: producers, prefix });
      queue.on('error', onBackgroundError);
      return queue;
    },
    openWorker(name, process, settings, events) {
      workers ??= connect({ maxRetriesPerRequest: null, enableOfflineQueue: true, lazyConnect: false });
      const worker = new Worker(name, process, { ...settings, connection: workers, prefix });
      forwardEvents(worker, events);
      return worker;
    },
  });
}
