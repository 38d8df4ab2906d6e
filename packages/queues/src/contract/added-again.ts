import { expect, it } from 'vitest';
import { collectSeen } from '../testing/seen.ts';
import { DONE, HAND_OVER, type QueueUnderTest } from './queue-under-test.ts';

/** What becomes of an add whose id is under way. */
export function itJoinsAddsOfOneId(backend: QueueUnderTest): void {
  const { freshQueue, producerOf, startWorker } = backend;

  it('drops an add while a job with the id runs, and takes it once that has ended', async () => {
    const queue = freshQueue({ onDuplicate: 'ignore' });
    const producer = producerOf(queue);
    const seen = collectSeen<string>();
    const gate = Promise.withResolvers<void>();
    await startWorker(queue, async ({ note }) => {
      seen.push(note);
      if (note === 'first') await gate.promise;
      return DONE;
    });
    await producer.add({ id: 'a', note: 'first' });
    await seen.reaches(1);
    await producer.add({ id: 'a', note: 'dropped' });
    await producer.add({ id: 'b', note: 'marker' });
    gate.resolve();
    await seen.reaches(2);
    await producer.add({ id: 'a', note: 'after' });
    expect(await seen.reaches(3)).toEqual(['first', 'marker', 'after']);
  });

  it('keeps the last add made while a job runs and runs it after, never beside it', async () => {
    const queue = freshQueue({ onDuplicate: 'run-after' });
    const producer = producerOf(queue);
    const seen = collectSeen<string>();
    const gate = Promise.withResolvers<void>();
    let atOnce = 0;
    let atOnceMax = 0;
    await startWorker(
      queue,
      async ({ note }) => {
        atOnce += 1;
        atOnceMax = Math.max(atOnceMax, atOnce);
        seen.push(note);
        if (note === 'first') await gate.promise;
        atOnce -= 1;
        return DONE;
      },
      { concurrency: 5 },
    );
    await producer.add({ id: 'a', note: 'first' });
    await seen.reaches(1);
    await producer.add({ id: 'a', note: 'second' });
    await producer.add({ id: 'a', note: 'third' });
    gate.resolve();
    await seen.reaches(2);
    await producer.add({ id: 'a', note: 'last' });
    await seen.reaches(3);
    expect({ notes: seen.items, atOnceMax }).toEqual({ notes: ['first', 'third', 'last'], atOnceMax: 1 });
  });

  it('keeps a wake-up that came before a hand-over', async () => {
    const queue = freshQueue({ onDuplicate: 'run-after' });
    const producer = producerOf(queue);
    const seen = collectSeen<string>();
    const gate = Promise.withResolvers<void>();
    await startWorker(queue, async ({ note }) => {
      seen.push(note);
      if (seen.items.length > 1) return DONE;
      await gate.promise;
      return HAND_OVER;
    });
    await producer.add({ id: 'a', note: 'first' });
    await seen.reaches(1);
    await producer.add({ id: 'a', note: 'second' });
    gate.resolve();
    expect(await seen.reaches(3)).toEqual(['first', 'first', 'second']);
  });
}
