import { within } from '@earshot/domain';
import { createPostgresBackend, withBackend, type PostgresConnectionOptions } from 'bullmq';
import pg from 'pg';
import type { QueueConnection } from './contract-types.ts';
import { queueError } from './queue-error.ts';
import { registerLink } from './queue-link.ts';
import { forwardEvents } from './worker-events.ts';

/** BullMQ's own name; it migrates this one and uses it for every pool it is given. */
const QUEUE_SCHEMA = 'bullmq';
/** Each worker keeps one of these to listen on. */
const CONNECTIONS_MAX = 12;
const CONNECT_TIMEOUT_MS = 5_000;
const PING_TIMEOUT_MS = 2_000;
const CLOSE_TIMEOUT_MS = 2_000;
const LISTENERS_MAX = 100;

const { Queue, Worker } = withBackend(createPostgresBackend);

export function connectPostgres(
  databaseUrl: string,
  onBackgroundError: (error: unknown) => void,
): QueueConnection {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    options: `-c search_path=${QUEUE_SCHEMA},public`,
    application_name: 'earshot-queues',
  });
  pool.setMaxListeners(LISTENERS_MAX);
  pool.on('error', onBackgroundError);

  const connection: QueueConnection = {
    backend: 'postgres',
    async ping() {
      const limit = () => new Error(`No answer within ${PING_TIMEOUT_MS} ms`);
      await within(pool.query('select 1'), PING_TIMEOUT_MS, limit).catch((error: unknown) => {
        throw queueError('queues.unavailable', 'Cannot ping PostgreSQL', error);
      });
    },
    async close() {
      const limit = () =>
        queueError('queues.unavailable', `Cannot end queue connections within ${CLOSE_TIMEOUT_MS} ms`);
      await within(pool.end(), CLOSE_TIMEOUT_MS, limit).catch(onBackgroundError);
    },
  };
  return registerLink(connection, {
    openQueue(name) {
      const queue = new Queue(name, { connection: poolForBullmq(pool) });
      queue.on('error', onBackgroundError);
      return queue;
    },
    openWorker(name, process, settings, events) {
      const worker = new Worker(name, process, { ...settings, connection: poolForBullmq(pool) });
      forwardEvents(worker, events);
      return worker;
    },
  });
}

/** BullMQ describes a pool by `connect`, `query`, `end` and its events, in types of its own; pg's pool has them all. */
function poolForBullmq(pool: pg.Pool): PostgresConnectionOptions {
  return pool as unknown as PostgresConnectionOptions;
}
