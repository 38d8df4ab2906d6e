import { expect, it } from 'vitest';
import { createProducer } from '../lib/create-producer.ts';
import { runWorker } from '../lib/run-worker.ts';
import { SHORT_LOCK_MS } from '../testing/probe-queue.ts';
import { collectSeen, whenAborted } from '../testing/seen.ts';
import { DONE, HAND_OVER, type QueueUnderTest } from './queue-under-test.ts';

/** What producers and workers do while the backend is out of reach, and after. */
export function itOutlivesItsConnections(backend: QueueUnderTest): void {
  const { cleanUp, connectFar, freshQueue, producerOf, startWorker } = backend;

  it('rejects an add when the backend does not answer', async () => {
    const { proxy, connection: far } = await connectFar();
    proxy.silence();
    const producer = createProducer(far, freshQueue(), { timeoutMs: 100 });
    cleanUp(() => producer.close());
    await expect(producer.add({ id: 'a', note: 'x' })).rejects.toMatchObject({
      code: 'queues.unavailable',
      retryable: true,
    });
  });

  it('adds and runs again after the connections broke', async () => {
    const { proxy, connection: far } = await connectFar();
    const queue = freshQueue();
    const seen = collectSeen<string>();
    const worker = await runWorker(
      far,
      queue,
      async ({ note }) => {
        seen.push(note);
        return DONE;
      },
      { concurrency: 1, onError: () => undefined },
    );
    cleanUp(() => worker.close());
    const producer = createProducer(far, queue);
    cleanUp(() => producer.close());
    await producer.add({ id: 'a', note: 'before' });
    await seen.reaches(1);

    proxy.cut();
    await expect(producer.add({ id: 'b', note: 'during' })).rejects.toMatchObject({
      code: 'queues.unavailable',
    });
    proxy.restore();
    await expect
      .poll(() => producer.add({ id: 'c', note: 'after' }).then(() => 'added', String))
      .toBe('added');
    await expect.poll(() => seen.items).toContain('after');
  });

  it('fires the signal of a job when its lock is out of reach, and another worker goes on', async () => {
    const { proxy, connection: far } = await connectFar();
    const queue = freshQueue({ lockDurationMs: SHORT_LOCK_MS });
    const started = collectSeen<string>();
    const fired = collectSeen<string>();
    const cutOff = await runWorker(
      far,
      queue,
      async ({ note }, { signal }) => {
        started.push(note);
        await whenAborted(signal);
        fired.push(note);
        return HAND_OVER;
      },
      { concurrency: 1, drainMs: 100, onError: () => undefined },
    );
    cleanUp(() => cutOff.close());
    await producerOf(queue).add({ id: 'a', note: 'live call' });
    await started.reaches(1);

    proxy.silence();
    const taken = collectSeen<string>();
    await startWorker(queue, async ({ note }) => {
      taken.push(note);
      return DONE;
    });
    expect(await taken.reaches(1)).toEqual(['live call']);
    expect(await fired.reaches(1)).toEqual(['live call']);
  });

  it('goes on with a job whose lock ran out where the contract says so, and never beside itself', async () => {
    const { proxy, connection: far } = await connectFar();
    const queue = freshQueue({ lockDurationMs: SHORT_LOCK_MS, onLockLost: 'go-on' });
    const producer = producerOf(queue);
    const started = collectSeen<string>();
    const gate = Promise.withResolvers<void>();
    cleanUp(async () => gate.resolve());
    const busy = await runWorker(
      far,
      queue,
      async ({ note }) => {
        started.push(note);
        await gate.promise;
        return DONE;
      },
      { concurrency: 3, onError: () => undefined },
    );
    cleanUp(() => busy.close());
    await producer.add({ id: 'a', note: 'live call' });
    await started.reaches(1);

    // Another worker gets the job, so its lock has run out; handed back it stands in front of the queue.
    proxy.cut();
    const taken = collectSeen<string>();
    const other = await startWorker(queue, async ({ note }) => {
      taken.push(note);
      return HAND_OVER;
    });
    await taken.reaches(1);
    await other.close();
    proxy.restore();
    await producer.add({ id: 'b', note: 'marker' });
    expect(await started.reaches(2)).toEqual(['live call', 'marker']);

    gate.resolve();
    await busy.close();
    const left = collectSeen<string>();
    await startWorker(queue, async ({ note }) => {
      left.push(note);
      return DONE;
    });
    await producer.add({ id: 'c', note: 'last' });
    expect(await left.reaches(1)).toEqual(['last']);
  });
}
