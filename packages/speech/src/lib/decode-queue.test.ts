import { describe, expect, it } from 'vitest';
import { DecodeQueue } from './decode-queue.ts';
import { isSpeechError } from './speech-error.ts';

function gate(): { readonly work: () => Promise<string>; readonly open: (answer: string) => void } {
  const { promise, resolve } = Promise.withResolvers<string>();
  return { work: async () => await promise, open: resolve };
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
    const waiting = queue.run(work, abort.signal);
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
