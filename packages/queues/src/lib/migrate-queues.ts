import { runMigrations } from 'bullmq';
import pg from 'pg';

/** The schema of the PostgreSQL backend; BullMQ uses this name for every pool it is given. */
export const QUEUE_SCHEMA = 'bullmq';

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Brings the PostgreSQL backend's schema up to date, in one transaction under an advisory lock: safe to run again and
 * by several at once. Not needed with Redis, harmless there. Rejects with the driver's error.
 */
export async function migrateQueues(databaseUrl: string): Promise<void> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'earshot-queues-migrate',
  });
  await client.connect();
  try {
    await runMigrations(client, QUEUE_SCHEMA);
  } finally {
    await client.end();
  }
}
