import { describe, expect, it } from 'vitest';
import { DecodeQueue } from './decode-queue.ts';
import { isSpeechError } from './speech-error.ts';
import type { DecodePriority } from './speech-recognizer.ts';

function gate(): { readonly work: () => Promise<string>; readonly open: (answer: string) => void } {
  const { promise, resolve } = Promise.withResolvers<string>();
  return { work: async () => await promise, open: resolve };
}

function priorityOf(name: string | undefined): DecodePriority {
  return name === 'partial' || name === 'speculative' ? name : 'final';
}

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

describe('DecodeQueue', () => {
  it('starts no more than its limit and the rest in order of arrival', async () => {
    const queue = new DecodeQueue({ inFlightMax: 2, queuedMax: 10 });
    const started: number[] = [];
    const gates = [gate(), gate(), gate(), gate()];
    const runs = gates.map(({ work }, index) =>
      queue.run(async () => {
        started.push(index);
        return await work();
      }),
    );
    await turns();
    expect([started, queue.waitingCount]).toEqual([[0, 1], 2]);
    gates[1]?.open('b');
    expect(await runs[1]).toBe('b');
    await turns();
    expect(started).toEqual([0, 1, 2]);
    for (const each of gates) each.open('done');
    await Promise.all(runs);
    expect(started).toEqual([0, 1, 2, 3]);
  });

  it.each([
    {
      given: 'speculations before partials',
      asked: ['a partial 1', 'a speculative 2', 'a speculative 3', 'b partial 4'],
      want: ['a speculative 2', 'a speculative 3', 'a partial 1', 'b partial 4'],
    },
    {
      given: 'finals before speculations',
      asked: ['a speculative 2', 'a final 3', 'a speculative 4', 'a final 5'],
      want: ['a final 3', 'a final 5', 'a speculative 2', 'a speculative 4'],
    },
    {
      given: 'calls in turn, each in its own order',
      asked: ['a final 1', 'a final 2', 'a final 3', 'b final 4', 'b final 5', 'c final 6'],
      want: ['a final 1', 'b final 4', 'c final 6', 'a final 2', 'b final 5', 'a final 3'],
    },
    {
      given: 'what was promoted as a final that has just come',
      asked: ['a speculative 2 promoted', 'b speculative 3', 'b final 4', 'b final 5'],
      want: ['b final 4', 'a speculative 2 promoted', 'b final 5', 'b speculative 3'],
    },
  ])('takes $given', async ({ asked, want }) => {
    const queue = new DecodeQueue({ inFlightMax: 1, queuedMax: 10 });
    const { work, open } = gate();
    const running = queue.run(work);
    const started: string[] = [];
    const promotion = new AbortController();
    const runs = asked.map((name) => {
      const [callId = '', priority] = name.split(' ');
      return queue.run(
        async () => {
          started.push(name);
          await Promise.resolve();
        },
        {
          callId,
          priority: priorityOf(priority),
          ...(name.endsWith('promoted') ? { promotion: promotion.signal } : {}),
        },
      );
    });
    promotion.abort();
    open('done');
    await Promise.all([running, ...runs]);
    expect(started).toEqual(want);
  });

  it.each([
    { given: 'a final that comes to wait', priority: 'final' },
    { given: 'a speculation that is promoted', priority: 'speculative' },
  ] as const)('drops partials for $given, and takes none while it waits', async ({ priority }) => {
    const queue = new DecodeQueue({ inFlightMax: 1, queuedMax: 10 });
    const { work, open } = gate();
    const promotion = new AbortController();
    const runs = [queue.run(work)];
    const dropped = queue.run(work, { priority: 'partial' }).catch((error: unknown) => error);
    runs.push(queue.run(work, { priority, promotion: promotion.signal }));
    promotion.abort();
    expect(isSpeechError(await dropped, 'speech.queue-full')).toBe(true);
    await expect(queue.run(work, { priority: 'partial' })).rejects.toMatchObject({
      code: 'speech.queue-full',
    });
    open('done');
    expect(await Promise.all(runs)).toEqual(['done', 'done']);
  });

  it('keeps a place at work free of partials', async () => {
    const queue = new DecodeQueue({ inFlightMax: 2, queuedMax: 10 });
    const { work, open } = gate();
    const partials = [queue.run(work, { priority: 'partial' }), queue.run(work, { priority: 'partial' })];
    await turns();
    expect(queue.waitingCount).toBe(1);
    expect(await queue.run(async () => await Promise.resolve('at once'))).toBe('at once');
    open('done');
    expect(await Promise.all(partials)).toEqual(['done', 'done']);
  });

  it('says how long work has waited, as what it is now', async () => {
    const queue = new DecodeQueue({ inFlightMax: 1, queuedMax: 10 });
    const { work, open } = gate();
    const running = queue.run(work);
    const promotion = new AbortController();
    const promoted = queue.run(async (turn) => await Promise.resolve(turn), {
      priority: 'speculative',
      promotion: promotion.signal,
    });
    promotion.abort();
    open('done');
    await running;
    expect(await promoted).toEqual({ priority: 'final', waitedMs: expect.any(Number) });
    const free = await queue.run(async (turn) => await Promise.resolve(turn), { priority: 'partial' });
    expect(free).toEqual({ priority: 'partial', waitedMs: 0 });
  });

  it('bounds each priority by itself, so that speculations never crowd out a final', async () => {
    const queue = new DecodeQueue({ inFlightMax: 1, queuedMax: 1 });
    const { work, open } = gate();
    const runs = [queue.run(work), queue.run(work, { priority: 'speculative' })];
    const refused = queue.run(work, { priority: 'speculative' });
    await expect(refused).rejects.toMatchObject({ code: 'speech.queue-full' });
    runs.push(queue.run(work));
    open('done');
    expect(await Promise.all(runs)).toEqual(['done', 'done', 'done']);
  });

  it('goes on after work that failed', async () => {
    const queue = new DecodeQueue({ inFlightMax: 1, queuedMax: 1 });
    const failing = queue.run(async () => await Promise.reject(new Error('broken')));
    const next = queue.run(async () => await Promise.resolve('fine'));
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('fine');
  });

  it('refuses one more than may wait, as a failure worth trying again', async () => {
    const queue = new DecodeQueue({ inFlightMax: 1, queuedMax: 1 });
    const { work, open } = gate();
    const runs = [queue.run(work), queue.run(work)];
    const refusal: unknown = await queue.run(work).catch((error: unknown) => error);
    expect(isSpeechError(refusal, 'speech.queue-full') && refusal.retryable).toBe(true);
    open('done');
    await Promise.all(runs);
  });

  it('drops waiting work that is aborted and keeps its place free', async () => {
    const queue = new DecodeQueue({ inFlightMax: 1, queuedMax: 1 });
    const { work, open } = gate();
    const running = queue.run(work);
    const abort = new AbortController();
    const waiting = queue.run(work, { signal: abort.signal });
    abort.abort(new Error('caller left'));
    await expect(waiting).rejects.toThrow('caller left');
    const next = queue.run(work);
    open('done');
    expect(await Promise.all([running, next])).toEqual(['done', 'done']);
  });

  it('closes after what is in flight and fails what waits', async () => {
    const queue = new DecodeQueue({ inFlightMax: 1, queuedMax: 1 });
    const { work, open } = gate();
    const running = queue.run(work);
    const waiting = queue.run(work).catch((error: unknown) => isSpeechError(error, 'speech.closed'));
    const closing = queue.close();
    expect(await waiting).toBe(true);
    open('done');
    expect([await running, await closing]).toEqual(['done', undefined]);
  });
});
