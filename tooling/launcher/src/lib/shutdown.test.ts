import { describe, expect, it } from 'vitest';
import { createShutdown, createSignalJudge } from './shutdown.ts';

describe('createShutdown', () => {
  it('stops the newest first, and each once', async () => {
    const stopped: string[] = [];
    const shutdown = createShutdown(() => {});
    for (const name of ['postgres', 'app', 'door']) {
      shutdown.add({ name, timeoutMs: 1_000, stop: async () => void stopped.push(name) });
    }
    expect(await Promise.all([shutdown.run(), shutdown.run()])).toEqual([[], []]);
    expect(stopped).toEqual(['door', 'app', 'postgres']);
  });

  it('goes on after a step that fails or hangs, ends that one at once, and names it', async () => {
    const seen: string[] = [];
    const shutdown = createShutdown((line) => seen.push(line));
    shutdown.add({ name: 'last', timeoutMs: 1_000, stop: async () => void seen.push('last stopped') });
    shutdown.add({
      name: 'hanging',
      timeoutMs: 10,
      stop: () => new Promise(() => {}),
      kill: () => void seen.push('hanging killed'),
    });
    shutdown.add({ name: 'failing', timeoutMs: 1_000, stop: () => Promise.reject(new Error('stuck')) });
    expect(await shutdown.run()).toEqual(['failing', 'hanging']);
    expect(seen).toEqual([
      'failing did not stop in order: stuck',
      'hanging did not stop in order: it took longer than 10 ms',
      'hanging killed',
      'last stopped',
    ]);
  });

  it('ends at once what is left, the step under way included', async () => {
    const killed: string[] = [];
    const shutdown = createShutdown(() => {});
    for (const name of ['postgres', 'app']) {
      shutdown.add({
        name,
        timeoutMs: 50,
        stop: () => new Promise(() => {}),
        kill: () => void killed.push(name),
      });
    }
    const running = shutdown.run();
    shutdown.killAll();
    expect(killed).toEqual(['app', 'postgres']);
    await running;
  });

  it('tells why the end was asked for, the first reason only', async () => {
    const shutdown = createShutdown(() => {});
    expect(shutdown.isRequested()).toBe(false);
    shutdown.request('PostgreSQL ended');
    shutdown.request('asked to stop');
    expect(shutdown.isRequested()).toBe(true);
    expect(await shutdown.requested).toBe('PostgreSQL ended');
  });
});

describe('createSignalJudge', () => {
  it('takes the echoes of one Ctrl-C for one, and a later one for insistence', () => {
    let nowMs = 1_000;
    const judge = createSignalJudge(() => nowMs);
    expect(judge()).toBe('first');
    nowMs += 100;
    expect(judge()).toBe('echo');
    nowMs += 900;
    expect(judge()).toBe('insists');
  });
});
