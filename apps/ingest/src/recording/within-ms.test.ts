import { describe, expect, it } from 'vitest';
import { withinMs } from './within-ms.ts';

const never = new AbortController().signal;
const HANGING = new Promise<never>(() => undefined);

describe('withinMs', () => {
  it('is what the work is, when that is done in time', async () => {
    expect(await withinMs(60_000, never, Promise.resolve('done'))).toBe('done');
    await expect(withinMs(60_000, never, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });

  it('gives up work that does not end', async () => {
    await expect(withinMs(5, never, HANGING)).rejects.toMatchObject({
      code: 'recording.store-late',
      retryable: true,
    });
  });

  it('gives up at once when it is told to, with the reason', async () => {
    const told = new AbortController();
    const waiting = withinMs(60_000, told.signal, HANGING);
    told.abort(new Error('closing'));
    await expect(waiting).rejects.toThrow('closing');
    await expect(withinMs(60_000, told.signal, HANGING)).rejects.toThrow('closing');
  });

  it('leaves a failure that comes later to nobody', async () => {
    const late = Promise.withResolvers<never>();
    await expect(withinMs(5, never, late.promise)).rejects.toMatchObject({ code: 'recording.store-late' });
    late.reject(new Error('late'));
    await expect(late.promise).rejects.toThrow('late');
  });
});
