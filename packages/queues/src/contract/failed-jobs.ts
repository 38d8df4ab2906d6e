import { randomUUID } from 'node:crypto';
import { AppError } from '@earshot/domain';
import { expect, it } from 'vitest';
import { collectSeen } from '../testing/seen.ts';
import { DONE, type QueueUnderTest } from './queue-under-test.ts';

/** How often a job that failed is run again. */
export function itTriesFailedJobsAgain(backend: QueueUnderTest): void {
  const { freshQueue, producerOf, startWorker } = backend;

  it('tries a failed job again up to attemptsMax times, then lets its id be added again', async () => {
    const queue = freshQueue({ attemptsMax: 2 });
    const producer = producerOf(queue);
    const seen = collectSeen<string>();
    const errors: unknown[] = [];
    const failure = new Error('Cannot go on');
    await startWorker(
      queue,
      async ({ note }, { attemptsMade }) => {
        seen.push(`${note} ${attemptsMade}`);
        if (note === 'bad') throw failure;
        return DONE;
      },
      { onError: (error) => errors.push(error) },
    );
    await producer.add({ id: 'a', note: 'bad' });
    await seen.reaches(2);
    // Dropped while the failing job still counts as running, so it is offered until it is taken.
    while (!seen.items.includes('good 0')) {
      const seenCount = seen.items.length;
      await producer.add({ id: 'a', note: 'good' });
      await producer.add({ id: randomUUID(), note: 'tick' });
      await seen.reaches(seenCount + 1);
    }
    expect(seen.items.filter((item) => item.startsWith('bad'))).toEqual(['bad 0', 'bad 1']);
    expect(errors).toEqual([failure, failure]);
  });

  it('does not try again what fails with an error that is not retryable', async () => {
    const queue = freshQueue({ attemptsMax: 3 });
    const producer = producerOf(queue);
    const seen = collectSeen<string>();
    await startWorker(queue, async ({ note }) => {
      seen.push(note);
      if (note === 'bad') throw new AppError('probe.bad', 'Cannot go on', { retryable: false });
      return DONE;
    });
    await producer.add({ id: 'a', note: 'bad' });
    await seen.reaches(1);
    // Dropped until the failure is written down.
    await expect.poll(() => producer.add({ id: 'a', note: 'good' }).then(() => seen.items)).toContain('good');
    expect(seen.items.filter((note) => note === 'bad')).toEqual(['bad']);
  });
}
