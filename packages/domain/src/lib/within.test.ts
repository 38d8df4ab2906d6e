import { describe, expect, it } from 'vitest';
import { within } from './within.ts';

const late = (): Error => new Error('late');
const HANGING = new Promise<never>(() => undefined);

describe('within', () => {
  it('is what the work is, when that is done in time', async () => {
    expect(await within(Promise.resolve('done'), 60_000, late)).toBe('done');
    await expect(within(Promise.reject(new Error('broken')), 60_000, late)).rejects.toThrow('broken');
  });

  it('gives up work that does not end', async () => {
    await expect(within(HANGING, 5, late)).rejects.toThrow('late');
  });

  it('leaves a failure that comes later to nobody', async () => {
    const work = Promise.withResolvers<never>();
    await expect(within(work.promise, 5, late)).rejects.toThrow('late');
    work.reject(new Error('broken'));
    await expect(work.promise).rejects.toThrow('broken');
  });
});
