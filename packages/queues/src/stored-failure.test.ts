import { AppError } from '@earshot/domain';
import { createTestDatabase } from '@earshot/testing';
import pg from 'pg';
import { expect, it, describe } from 'vitest';
import { connectQueues, createProducer, lanesQueue, migrateQueues, runWorker } from './index.ts';

const SPOKEN = 'my card number is four oh seven one';

describe('runWorker', () => {
  it('stores the code of a failure and nothing of its text, cause or stack', async () => {
    const database = await createTestDatabase();
    await migrateQueues(database.url);
    const queues = await connectQueues({ databaseUrl: database.url });
    const failures: unknown[] = [];
    const worker = await runWorker(
      queues,
      lanesQueue,
      async () => {
        const cause = new Error(SPOKEN);
        throw new AppError('lanes.broken', SPOKEN, { retryable: true, cause });
      },
      { concurrency: 1, onError: (error) => failures.push(error) },
    );
    const producer = createProducer(queues, lanesQueue, { timeoutMs: 10_000 });
    await producer.add({ tenantId: 't-1', endpointId: 'e-1', conversationId: 'c-1' });

    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const stored = async () => {
      const { rows } = await client.query<{ text: string }>(
        'select job::text as text from bullmq.job union all select event::text from bullmq.event',
      );
      return rows.map(({ text }) => text).join('\n');
    };
    await expect.poll(stored).toContain('lanes.broken');
    expect(await stored()).not.toContain(SPOKEN);
    expect(failures).toMatchObject([{ code: 'lanes.broken', message: SPOKEN }]);

    await client.end();
    await worker.close();
    await producer.close();
    await queues.close();
    await database.drop();
  });
});
