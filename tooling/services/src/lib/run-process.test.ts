import { afterEach, describe, expect, it } from 'vitest';
import { isAlive } from './process-identity.ts';
import { runProcess, type RunningProcess, type RunProcessOptions } from './run-process.ts';

const started: RunningProcess[] = [];

async function run(script: string, options: Partial<RunProcessOptions> = {}): Promise<RunningProcess> {
  const running = await runProcess({
    name: 'the sample',
    command: process.execPath,
    args: ['-e', script],
    isReady: (line) => line === 'ready',
    stopSteps: [{ signal: 'SIGTERM', waitMs: 5_000 }],
    ...options,
  });
  started.push(running);
  return running;
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((running) => running.stop()));
});

const STAYS = 'console.log("ready"); setInterval(() => {}, 1000);';

describe('runProcess', () => {
  it('resolves at the ready line and stops by the first signal that works', async () => {
    const running = await run(STAYS);
    expect(running.readyLine).toBe('ready');
    await running.stop();
    expect(await running.exited).toMatchObject({ signal: 'SIGTERM' });
    expect(isAlive(running.pid)).toBe(false);
  });

  it('goes on to the next signal when one is ignored', async () => {
    const running = await run(`process.on("SIGTERM", () => {}); ${STAYS}`, {
      stopSteps: [
        { signal: 'SIGTERM', waitMs: 50 },
        { signal: 'SIGINT', waitMs: 5_000 },
      ],
    });
    await running.stop();
    expect(await running.exited).toMatchObject({ signal: 'SIGINT' });
  });

  it('ends a process that ignores every signal', async () => {
    const running = await run(`process.on("SIGTERM", () => {}); ${STAYS}`, {
      stopSteps: [{ signal: 'SIGTERM', waitMs: 50 }],
    });
    await running.stop();
    expect(await running.exited).toMatchObject({ signal: 'SIGKILL' });
  });

  it('may be stopped twice, and after it has ended by itself', async () => {
    const running = await run('console.log("ready")');
    expect(await running.exited).toMatchObject({ exitCode: 0 });
    await running.stop();
    await running.stop();
  });

  it('hands over its input and sees both output streams, the unfinished last line included', async () => {
    const lines: string[] = [];
    const running = await run(
      'process.stdin.on("data", (d) => { console.log("got " + d); console.log("ready"); process.stderr.write("last"); });',
      { input: 'text', log: (line, stream) => lines.push(`${stream}: ${line}`) },
    );
    await running.exited;
    expect(lines.toSorted()).toEqual(['stderr: last', 'stdout: got text', 'stdout: ready']);
  });

  it('fails with the last output lines when the process ends before it is ready', async () => {
    await expect(run('console.error("no disk"); process.exit(3)')).rejects.toMatchObject({
      code: 'services.start-failed',
      message: 'Cannot start the sample: it ended with exit code 3\n  no disk',
    });
  });

  it('fails when the program is missing', async () => {
    await expect(run('', { command: '/nowhere/program' })).rejects.toMatchObject({
      code: 'services.start-failed',
    });
  });

  it('ends the process when it is not ready in time', async () => {
    await expect(run('setInterval(() => {}, 1000)', { readyTimeoutMs: 100 })).rejects.toMatchObject({
      code: 'services.start-timeout',
    });
  });
});
