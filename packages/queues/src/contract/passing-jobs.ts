import { expect, it } from 'vitest';
import type { JobHandler } from '../lib/contract-types.ts';
import type { ProbeJob } from '../testing/probe-queue.ts';
import { collectSeen } from '../testing/seen.ts';
import { DONE, type QueueUnderTest } from './queue-under-test.ts';

/** What was added is run: each job once, in order, and only while a worker is not paused. */
export function itPassesJobs(backend: QueueUnderTest): void {
  const { freshQueue, producerOf, startWorker } = backend;

  it('answers a ping', async () => {
    await expect(backend.connection.ping()).resolves.toBeUndefined();
  });

  it('gives the handler what was added', async () => {
    const queue = freshQueue();
    const seen = collectSeen<ProbeJob>();
    await startWorker(queue, async (job, { attemptsMade, stalledCount, signal }) => {
      expect({ attemptsMade, stalledCount, aborted: signal.aborted }).toEqual({
        attemptsMade: 0,
        stalledCount: 0,
        aborted: false,
      });
      seen.push(job);
      return DONE;
    });
    await producerOf(queue).add({ id: 'a', note: 'first' });
    expect(await seen.reaches(1)).toEqual([{ id: 'a', note: 'first' }]);
  });

  it('runs jobs in the order they were added at concurrency 1', async () => {
    const queue = freshQueue();
    const producer = producerOf(queue);
    const ids = Array.from({ length: 30 }, (_, index) => `job-${index}`);
    for (const id of ids) await producer.add({ id, note: 'x' });
    const seen = collectSeen<string>();
    await startWorker(queue, async ({ id }) => {
      seen.push(id);
      return DONE;
    });
    expect(await seen.reaches(ids.length)).toEqual(ids);
  });

  it('runs each of 200 jobs once over two workers', async () => {
    const queue = freshQueue();
    const producer = producerOf(queue);
    const seen = collectSeen<string>();
    const handler: JobHandler<ProbeJob> = async ({ id }) => {
      seen.push(id);
      return DONE;
    };
    await startWorker(queue, handler, { concurrency: 50 });
    await startWorker(queue, handler, { concurrency: 50 });
    const ids = Array.from({ length: 200 }, (_, index) => `job-${index}`);
    await Promise.all(ids.map((id) => producer.add({ id, note: 'x' })));
    expect((await seen.reaches(200)).toSorted()).toEqual(ids.toSorted());
  });

  it('takes no job while it is paused, goes on with the one it has, and takes jobs again', async () => {
    const queue = freshQueue();
    const producer = producerOf(queue);
    const seen = collectSeen<string>();
    const gate = Promise.withResolvers<void>();
    const first = await startWorker(
      queue,
      async ({ note }, { signal }) => {
        if (note === 'long') await gate.promise;
        seen.push(`first worker: ${note}${signal.aborted ? ', aborted' : ''}`);
        return DONE;
      },
      { concurrency: 3 },
    );
    await producer.add({ id: 'a', note: 'long' });
    await producer.add({ id: 'b', note: 'before' });
    await seen.reaches(1);
    await first.pause();
    const second = await startWorker(queue, async ({ note }) => {
      seen.push(`second worker: ${note}`);
      return DONE;
    });
    await producer.add({ id: 'c', note: 'paused' });
    await seen.reaches(2);
    gate.resolve();
    await seen.reaches(3);
    await second.pause();
    await first.resume();
    await producer.add({ id: 'd', note: 'resumed' });
    expect(await seen.reaches(4)).toEqual([
      'first worker: before',
      'second worker: paused',
      'first worker: long',
      'first worker: resumed',
    ]);
  });
}
