import type { ProcessExit, RunningProcess } from '@earshot/services';
import { describe, expect, it } from 'vitest';
import { supervise, type Supervised } from './supervise.ts';

interface FakeRun {
  running: RunningProcess;
  end: (exit: ProcessExit) => void;
}

function fakeRun(port: number): FakeRun {
  const { promise: exited, resolve } = Promise.withResolvers<ProcessExit>();
  return {
    end: resolve,
    running: {
      pid: port,
      readyLine: JSON.stringify({ ready: true, port }),
      exited,
      lastLines: () => [],
      stop: async () => resolve({ exitCode: 0, signal: null }),
      kill: () => resolve({ exitCode: null, signal: 'SIGKILL' }),
    },
  };
}

/** Plays one run after the other; an `undefined` fails to start. */
async function superviseFakes(runs: (FakeRun | undefined)[], restartDelaysMs = [0, 0]) {
  const reports: string[] = [];
  const waiting = new Set<() => void>();
  const queue = [...runs];
  const supervised: Supervised = await supervise({
    name: 'ingest',
    command: 'node',
    args: [],
    env: {},
    cwd: '/',
    log: () => {},
    report: (line) => {
      reports.push(line);
      for (const wake of waiting) wake();
    },
    restartDelaysMs,
    run: async () => {
      const next = queue.shift();
      if (!next) throw new Error('Cannot start');
      return next.running;
    },
  });
  const reported = (text: string): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        if (reports.some((line) => line.includes(text))) resolve();
      };
      waiting.add(wake);
      wake();
    });
  return { supervised, reports, reported };
}

describe('supervise', () => {
  it('starts an app again that ends by itself, and knows its new port', async () => {
    const [first, second] = [fakeRun(1001), fakeRun(1002)];
    const { supervised, reports, reported } = await superviseFakes([first, second]);
    expect(supervised.port()).toBe(1001);
    first.end({ exitCode: 3, signal: null });
    await reported('is back');
    expect(supervised.port()).toBe(1002);
    expect(reports).toEqual(['ingest ended with exit code 3; starting it again in 0 s', 'ingest is back']);
    await supervised.stop();
  });

  it('gives up after the last delay, and has no port then', async () => {
    const first = fakeRun(1001);
    const { supervised, reports, reported } = await superviseFakes([first, undefined, undefined]);
    first.end({ exitCode: null, signal: 'SIGSEGV' });
    await reported('given up');
    expect(reports).toEqual([
      'ingest was ended by SIGSEGV; starting it again in 0 s',
      'ingest did not come up; starting it again in 0 s',
      'ingest did not come up and was given up after 2 restarts',
    ]);
    expect(supervised.port()).toBe(undefined);
    await supervised.stop();
  });

  it('does not start an app again that it was told to stop', async () => {
    const { supervised, reports } = await superviseFakes([fakeRun(1001), fakeRun(1002)]);
    await supervised.stop();
    expect(reports).toEqual([]);
    expect(supervised.port()).toBe(undefined);
  });

  it('stops while it waits to start again', async () => {
    const first = fakeRun(1001);
    const { supervised, reported } = await superviseFakes([first, fakeRun(1002)], [60_000]);
    first.end({ exitCode: 1, signal: null });
    await reported('starting it again');
    await expect(supervised.stop()).resolves.toBe(undefined);
  });

  it('fails when the first start fails', async () => {
    await expect(superviseFakes([undefined])).rejects.toThrow('Cannot start');
  });
});
