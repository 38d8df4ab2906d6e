import { expect, it } from 'vitest';
import { killWorkerInJob } from '../testing/kill-worker-in-job.ts';
import { SHORT_LOCK_MS } from '../testing/probe-queue.ts';
import { collectSeen, whenAborted } from '../testing/seen.ts';
import { DONE, HAND_OVER, type QueueUnderTest } from './queue-under-test.ts';

/** A job outlives the worker that has it. */
export function itHandsJobsOver(backend: QueueUnderTest): void {
  const { cleanUp, freshQueue, producerOf, startWorker } = backend;

  it('goes on with a job that was handed over, without counting an attempt', async () => {
    const queue = freshQueue({ attemptsMax: 1 });
    const seen = collectSeen<{ attemptsMade: number; note: string }>();
    await startWorker(queue, async ({ note }, { attemptsMade }) => {
      seen.push({ attemptsMade, note });
      return seen.items.length < 3 ? HAND_OVER : DONE;
    });
    await producerOf(queue).add({ id: 'a', note: 'long' });
    const run = { attemptsMade: 0, note: 'long' };
    expect(await seen.reaches(3)).toEqual([run, run, run]);
  });

  it('gives the job of a killed worker to another one', async () => {
    const queue = freshQueue({ lockDurationMs: SHORT_LOCK_MS });
    const producer = producerOf(queue);
    await producer.add({ id: 'a', note: 'live call' });
    await killWorkerInJob(backend.connectOptions, queue.name);

    const seen = collectSeen<{ stalledCount: number; attemptsMade: number }>();
    await startWorker(queue, async (_job, { stalledCount, attemptsMade }) => {
      seen.push({ stalledCount, attemptsMade });
      return DONE;
    });
    expect(await seen.reaches(1)).toEqual([{ stalledCount: 1, attemptsMade: 0 }]);
  });

  it('fires the signal of running jobs on close and waits for them', async () => {
    const queue = freshQueue();
    const started = collectSeen<string>();
    const order: string[] = [];
    const first = await startWorker(queue, async ({ note }, { signal }) => {
      started.push(note);
      await whenAborted(signal);
      order.push('handler ended');
      return HAND_OVER;
    });
    await producerOf(queue).add({ id: 'a', note: 'live call' });
    await started.reaches(1);
    await first.close();
    order.push('closed');
    expect(order).toEqual(['handler ended', 'closed']);

    const second = collectSeen<{ note: string; attemptsMade: number; stalledCount: number }>();
    await startWorker(queue, async ({ note }, { attemptsMade, stalledCount }) => {
      second.push({ note, attemptsMade, stalledCount });
      return DONE;
    });
    expect(await second.reaches(1)).toEqual([{ note: 'live call', attemptsMade: 0, stalledCount: 0 }]);
  });

  it('closes after drainMs when a job ignores its signal, and another worker takes that over', async () => {
    const queue = freshQueue({ lockDurationMs: SHORT_LOCK_MS });
    const started = collectSeen<string>();
    const errors = collectSeen<unknown>();
    const gate = Promise.withResolvers<void>();
    cleanUp(async () => gate.resolve());
    const deaf = await startWorker(
      queue,
      async ({ note }) => {
        started.push(note);
        await gate.promise;
        return DONE;
      },
      { drainMs: 50, onError: (error) => errors.push(error) },
    );
    await producerOf(queue).add({ id: 'a', note: 'live call' });
    await started.reaches(1);
    await deaf.close();
    expect(errors.items).toMatchObject([{ code: 'queues.drain-timeout' }]);

    const taken = collectSeen<string>();
    await startWorker(queue, async ({ note }) => {
      taken.push(note);
      return DONE;
    });
    expect(await taken.reaches(1)).toEqual(['live call']);
  });
}
