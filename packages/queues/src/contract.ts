import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { AppError } from '@earshot/domain';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectQueues, type ConnectQueuesOptions } from './lib/connect-queues.ts';
import type { JobHandler, QueueConnection, QueueContract } from './lib/contract-types.ts';
import { createProducer } from './lib/create-producer.ts';
import { runWorker } from './lib/run-worker.ts';
import { startCuttableProxy, type CuttableProxy } from './testing/cuttable-proxy.ts';
import { probeQueue, type ProbeJob } from './testing/probe-queue.ts';
import { collectSeen, whenAborted } from './testing/seen.ts';

export { describeLiveBus, type LiveBusUnderTest } from './contract/describe-live-bus.ts';

export interface QueueBackendUnderTest {
  readonly options: ConnectQueuesOptions;
  dispose(): Promise<void>;
}

const DONE = { type: 'done' } as const;
const HAND_OVER = { type: 'hand-over' } as const;

/** What both backends promise; run it against each. */
export function describeQueueBackend(name: string, open: () => Promise<QueueBackendUnderTest>): void {
  describe(`${name} keeps the queue contract`, () => {
    let backend: QueueBackendUnderTest;
    let connection: QueueConnection;
    /** Run in reverse order after each test. */
    const cleanups: (() => Promise<void>)[] = [];

    beforeAll(async () => {
      backend = await open();
      connection = await connectQueues(backend.options);
    });
    afterEach(async () => {
      for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
    });
    afterAll(async () => {
      await connection.close();
      await backend.dispose();
    });

    function freshQueue(overrides: Partial<QueueContract<ProbeJob>> = {}): QueueContract<ProbeJob> {
      return probeQueue(`probe-${randomUUID()}`, overrides);
    }
    function producerOf(queue: QueueContract<ProbeJob>) {
      // Generous: these tests are about what an add does, not about a busy machine.
      const producer = createProducer(connection, queue, { timeoutMs: 10_000 });
      cleanups.push(() => producer.close());
      return producer;
    }
    async function startWorker(
      queue: QueueContract<ProbeJob>,
      handler: JobHandler<ProbeJob>,
      options: { concurrency?: number; drainMs?: number; onError?: (error: unknown) => void } = {},
    ) {
      const worker = await runWorker(connection, queue, handler, {
        concurrency: options.concurrency ?? 1,
        drainMs: options.drainMs ?? 5_000,
        onError: options.onError ?? (() => undefined),
      });
      cleanups.push(() => worker.close());
      return worker;
    }

    /** A connection of its own that a test can cut. */
    async function connectFar() {
      const address = new URL(backend.options.redisUrl ?? backend.options.databaseUrl);
      const proxy = await startCuttableProxy(address);
      cleanups.push(() => proxy.close());
      const far = await connectQueues(throughProxy(backend.options, proxy));
      cleanups.push(() => far.close());
      return { proxy, connection: far };
    }

    it('answers a ping', async () => {
      await expect(connection.ping()).resolves.toBeUndefined();
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

    it('gives the job of a killed worker to another one', async () => {
      const queue = freshQueue();
      const producer = producerOf(queue);
      await producer.add({ id: 'a', note: 'live call' });
      await killWorkerInJob(backend.options, queue.name);

      const seen = collectSeen<{ stalledCount: number; attemptsMade: number }>();
      await startWorker(queue, async (_job, { stalledCount, attemptsMade }) => {
        seen.push({ stalledCount, attemptsMade });
        return DONE;
      });
      expect(await seen.reaches(1)).toEqual([{ stalledCount: 1, attemptsMade: 0 }]);
    });

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
        await producer.add({ id: 'a', note: 'good' });
        await producer.add({ id: randomUUID(), note: 'tick' });
        await seen.reaches(seen.items.length + 1);
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
      await expect
        .poll(() => producer.add({ id: 'a', note: 'good' }).then(() => seen.items), { timeout: 20_000 })
        .toContain('good');
      expect(seen.items.filter((note) => note === 'bad')).toEqual(['bad']);
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
      const queue = freshQueue();
      const started = collectSeen<string>();
      const errors = collectSeen<unknown>();
      const gate = Promise.withResolvers<void>();
      cleanups.push(async () => gate.resolve());
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

    it('rejects an add when the backend does not answer', async () => {
      const { proxy, connection: far } = await connectFar();
      proxy.silence();
      const producer = createProducer(far, freshQueue(), { timeoutMs: 100 });
      cleanups.push(() => producer.close());
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
      cleanups.push(() => worker.close());
      const producer = createProducer(far, queue);
      cleanups.push(() => producer.close());
      await producer.add({ id: 'a', note: 'before' });
      await seen.reaches(1);

      proxy.cut();
      await expect(producer.add({ id: 'b', note: 'during' })).rejects.toMatchObject({
        code: 'queues.unavailable',
      });
      proxy.restore();
      await expect
        .poll(() => producer.add({ id: 'c', note: 'after' }).then(() => 'added', String), { timeout: 20_000 })
        .toBe('added');
      await expect.poll(() => seen.items, { timeout: 20_000 }).toContain('after');
    });

    it('fires the signal of a job when its lock is out of reach, and another worker goes on', async () => {
      const { proxy, connection: far } = await connectFar();
      const queue = freshQueue();
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
      cleanups.push(() => cutOff.close());
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
      const queue = freshQueue({ onLockLost: 'go-on' });
      const producer = producerOf(queue);
      const started = collectSeen<string>();
      const gate = Promise.withResolvers<void>();
      cleanups.push(async () => gate.resolve());
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
      cleanups.push(() => busy.close());
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
  });
}

/** Runs a worker in a process of its own and kills that once it is inside a job. */
async function killWorkerInJob(connect: ConnectQueuesOptions, queueName: string): Promise<void> {
  const script = fileURLToPath(new URL('./testing/doomed-worker.ts', import.meta.url));
  const args = ['--conditions=earshot-source', script, JSON.stringify({ connect, queueName })];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').then(() => {
    throw new Error('Cannot kill worker: its process ended before it ran a job');
  });
  await Promise.race([once(child.stdout, 'data'), ended]);
  ended.catch(() => undefined);
  child.kill('SIGKILL');
  await once(child, 'exit');
}

function throughProxy(options: ConnectQueuesOptions, proxy: CuttableProxy): ConnectQueuesOptions {
  return options.redisUrl === undefined
    ? { ...options, databaseUrl: proxy.rewrite(options.databaseUrl) }
    : { ...options, redisUrl: proxy.rewrite(options.redisUrl) };
}
