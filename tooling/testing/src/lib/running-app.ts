import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface RunningApp {
  readonly baseUrl: string;
  /** Sends the signal, SIGTERM by default, and answers the exit code; `null` after a kill. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

/**
 * Runs an app's `main.ts` from its source as a process of its own, with `env` and nothing else, and waits for its
 * ready line. Rejects when it ends or says something else first.
 */
export async function runMain(main: URL, env: Readonly<Record<string, string>>): Promise<RunningApp> {
  const child = spawn(process.execPath, ['--conditions=earshot-source', fileURLToPath(main)], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const lines = createInterface({ input: child.stdout });
  const line = new Promise<string>((resolve) => lines.once('line', resolve));
  const first = await Promise.race([line, exited.then((code) => `exit code ${code}`)]);
  return {
    baseUrl: `http://127.0.0.1:${readyPort(first)}`,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      return await exited;
    },
  };
}

function readyPort(line: string): number {
  if (line.startsWith('{')) {
    const ready: unknown = JSON.parse(line);
    if (typeof ready === 'object' && ready !== null && 'port' in ready && typeof ready.port === 'number')
      return ready.port;
  }
  throw new Error(`Cannot run app: it said ${line}`);
}
