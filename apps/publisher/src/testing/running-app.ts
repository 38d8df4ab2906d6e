import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface RunningApp {
  readonly baseUrl: string;
  /** Sends the signal, SIGTERM by default, and answers the exit code. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

/** Runs `main.ts` as a process of its own and waits for its ready line. */
export async function runMain(env: Readonly<Record<string, string>>): Promise<RunningApp> {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=earshot-source', main], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([once(lines, 'line'), exited])) as [unknown];
  const ready = JSON.parse(String(line)) as { ready?: boolean; port?: number };
  if (ready.ready !== true) throw new Error(`Cannot run main: it said ${String(line)}`);
  return {
    baseUrl: `http://127.0.0.1:${ready.port ?? 0}`,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      const [code] = (await exited) as [number | null];
      return code;
    },
  };
}
