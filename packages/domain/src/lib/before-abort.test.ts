import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { beforeAbort } from './before-abort.ts';

const HANGING = new Promise<never>(() => undefined);

describe('beforeAbort', () => {
  it('is what the work is, when that is done before, and leaves the signal alone', async () => {
    const { signal } = new AbortController();
    expect(await beforeAbort(Promise.resolve('done'), signal)).toBe('done');
    await expect(beforeAbort(Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('gives up when the signal fires, or has fired, with its reason', async () => {
    const told = new AbortController();
    const waiting = beforeAbort(HANGING, told.signal);
    told.abort(new Error('closing'));
    await expect(waiting).rejects.toThrow('closing');
    await expect(beforeAbort(HANGING, told.signal)).rejects.toThrow('closing');
  });

  it('leaves a failure that comes later to nobody', async () => {
    const work = Promise.withResolvers<never>();
    await expect(beforeAbort(work.promise, AbortSignal.abort(new Error('closing')))).rejects.toThrow(
      'closing',
    );
    work.reject(new Error('broken'));
    await expect(work.promise).rejects.toThrow('broken');
  });
});
