import { randomUUID } from 'node:crypto';
import { createTestDatabase, testRedisUrl } from '@earshot/testing';
import { describe, expect, it } from 'vitest';
import { describeQueueBackend } from './contract.ts';
import { migrateQueues } from './index.ts';

describeQueueBackend('BullMQ on PostgreSQL', async () => {
  const database = await createTestDatabase();
  await migrateQueues(database.url);
  return { options: { databaseUrl: database.url }, dispose: () => database.drop() };
});

const redisUrl = testRedisUrl();

describe.skipIf(redisUrl === undefined)('where a redis-server is on PATH', () => {
  describeQueueBackend('BullMQ on Redis', async () => ({
    options: {
      ...(redisUrl === undefined ? {} : { redisUrl }),
      databaseUrl: 'postgres://127.0.0.1:1/unused',
      redisKeyPrefix: `{test-${randomUUID()}}`,
    },
    dispose: async () => undefined,
  }));
});

describe('migrateQueues', () => {
  it('may run twice and by several at once', async () => {
    const database = await createTestDatabase();
    try {
      await Promise.all([migrateQueues(database.url), migrateQueues(database.url)]);
      await expect(migrateQueues(database.url)).resolves.toBeUndefined();
    } finally {
      await database.drop();
    }
  });
});
