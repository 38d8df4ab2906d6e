import { describe, expect, it } from 'vitest';
import { runTogether } from './run-together.ts';

const never = new AbortController().signal;

describe('runTogether', () => {
  it('throws the first failure after every task has ended', async () => {
    const ended: string[] = [];
    const waits = (signal: AbortSignal): Promise<void> =>
      new Promise((resolve) =>
        signal.addEventListener('abort', () => {
          ended.push('waiter');
          resolve();
        }),
      );
    const fails = async (): Promise<void> => {
      throw new Error('first');
    };
    await expect(runTogether(never, waits, fails)).rejects.toThrow('first');
    expect(ended).toEqual(['waiter']);
  });

  it('passes the outer signal on', async () => {
    const controller = new AbortController();
    controller.abort(new Error('closing'));
    const seen: boolean[] = [];
    await runTogether(controller.signal, async (signal) => {
      seen.push(signal.aborted);
    });
    expect(seen).toEqual([true]);
  });
});
