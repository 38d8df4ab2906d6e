import { AppError } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import { shareStatements } from './share-statements.ts';

function sharing(run: (inputs: readonly string[]) => Promise<readonly string[]>, countMax = 128) {
  const groups: (readonly string[])[] = [];
  const save = shareStatements<string, string>({
    waitMs: 1,
    countMax,
    keyOf: (input) => input,
    run: (inputs) => {
      groups.push(inputs);
      return run(inputs);
    },
  });
  return { save, groups };
}

const echo = async (inputs: readonly string[]) => inputs.map((input) => `${input}!`);

describe('shareStatements', () => {
  it('gives callers of the same moment one statement, and each its own answer', async () => {
    const { save, groups } = sharing(echo);
    expect(await Promise.all(['a', 'b', 'c'].map(save))).toEqual(['a!', 'b!', 'c!']);
    expect(groups).toEqual([['a', 'b', 'c']]);
  });

  it('never puts more into a statement than its limit', async () => {
    const { save, groups } = sharing(echo, 2);
    expect(await Promise.all(['a', 'b', 'c', 'd', 'e'].map(save))).toEqual(['a!', 'b!', 'c!', 'd!', 'e!']);
    expect(groups).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('never puts two inputs of one key into a statement, and keeps their order', async () => {
    const { save, groups } = sharing(echo);
    await Promise.all(['a', 'a', 'b', 'a'].map(save));
    expect(groups).toEqual([['a', 'b'], ['a'], ['a']]);
  });

  it('runs one statement at a time', async () => {
    let running = 0;
    const { save } = sharing(async (inputs) => {
      running += 1;
      expect(running).toBe(1);
      await Promise.resolve();
      running -= 1;
      return inputs;
    }, 1);
    await Promise.all(['a', 'b', 'c'].map(save));
  });

  it('runs the next one beside a statement that takes too long, up to a limit', async () => {
    const releases: (() => void)[] = [];
    const save = shareStatements<string, string>({
      waitMs: 0,
      countMax: 1,
      patienceMs: 1,
      inFlightMax: 2,
      keyOf: (input) => input,
      run: async (inputs) => {
        const { promise, resolve } = Promise.withResolvers<void>();
        releases.push(resolve);
        await promise;
        return inputs;
      },
    });
    const all = Promise.all(['a', 'b', 'c'].map(save));
    await expect.poll(() => releases.length).toBe(2);
    // The last of the two is waited for, however long the first takes.
    releases[1]?.();
    await expect.poll(() => releases.length).toBe(3);
    releases[0]?.();
    releases[2]?.();
    expect(await all).toEqual(['a', 'b', 'c']);
  });

  it('fails only the input at fault when the reason will not pass', async () => {
    const { save } = sharing(async (inputs) => {
      if (inputs.includes('b')) throw new AppError('storage.failed', 'Cannot save', { retryable: false });
      return inputs;
    });
    expect(await Promise.allSettled(['a', 'b', 'c'].map(save))).toMatchObject([
      { value: 'a' },
      { reason: { code: 'storage.failed' } },
      { value: 'c' },
    ]);
  });

  it.each(['storage.conflict', 'storage.timeout'])(
    'fails only the input whose row is locked for %s',
    async (code) => {
      const { save } = sharing(async (inputs) => {
        if (inputs.includes('b')) throw new AppError(code, 'Cannot save', { retryable: true });
        return inputs;
      });
      expect(await Promise.allSettled(['a', 'b', 'c'].map(save))).toMatchObject([
        { value: 'a' },
        { reason: { code } },
        { value: 'c' },
      ]);
    },
  );

  it('fails all callers of a statement whose reason will pass, and serves the next', async () => {
    let down = true;
    const { save, groups } = sharing(async (inputs) => {
      if (down) throw new AppError('storage.unavailable', 'Cannot save', { retryable: true });
      return inputs;
    });
    const failed = await Promise.allSettled(['a', 'b'].map(save));
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(groups).toHaveLength(1);
    down = false;
    expect(await save('c')).toBe('c');
  });
});
