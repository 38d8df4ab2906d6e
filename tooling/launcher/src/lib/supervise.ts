import { runProcess, type RunningProcess, type RunProcessOptions } from '@earshot/services';
import { readyPortIn } from './ready-line.ts';

/** Waits before each restart; after the last one the app is given up. A run this long clears the count. */
const RESTART_DELAYS_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000] as const;
const STABLE_AFTER_MS = 60_000;
const STOP_WAIT_MS = 8_000;

export interface SupervisedOptions {
  name: string;
  command: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  log: (line: string) => void;
  /** Told when the process ends by itself, comes back, or is given up. */
  report: (line: string) => void;
  /** Default `runProcess`. */
  run?: (options: RunProcessOptions) => Promise<RunningProcess>;
  restartDelaysMs?: readonly number[];
}

export interface Supervised {
  /** `undefined` while it is down. */
  port(): number | undefined;
  stop(): Promise<void>;
  kill(): void;
}

/** Starts a program that prints a ready line with its port, and starts it again when it ends by itself. */
export async function supervise(options: SupervisedOptions): Promise<Supervised> {
  const delaysMs = options.restartDelaysMs ?? RESTART_DELAYS_MS;
  const stopping = new AbortController();
  let port: number | undefined;
  let current: RunningProcess | undefined;

  const start = async (): Promise<RunningProcess> => {
    const running = await (options.run ?? runProcess)({
      name: options.name,
      command: options.command,
      args: options.args,
      env: options.env,
      cwd: options.cwd,
      isReady: (line) => readyPortIn(line) !== undefined,
      log: options.log,
      readyTimeoutMs: 120_000,
      stopSteps: [{ signal: 'SIGTERM', waitMs: STOP_WAIT_MS }],
    });
    port = readyPortIn(running.readyLine);
    current = running;
    return running;
  };

  async function keepRunning(first: RunningProcess): Promise<void> {
    let running: RunningProcess | undefined = first;
    let restarts = 0;
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      const exit = await running?.exited;
      port = undefined;
      if (stopping.signal.aborted) return;
      if (performance.now() - startedAt > STABLE_AFTER_MS) restarts = 0;
      const delayMs = delaysMs[restarts];
      const how = exit ? describeExit(exit) : 'did not come up';
      if (delayMs === undefined) {
        options.report(`${options.name} ${how} and was given up after ${restarts} restarts`);
        return;
      }
      restarts += 1;
      options.report(`${options.name} ${how}; starting it again in ${delayMs / 1000} s`);
      await sleep(delayMs, stopping.signal);
      if (stopping.signal.aborted) return;
      running = await start().catch(() => undefined);
      if (running) options.report(`${options.name} is back`);
    }
  }

  const first = await start();
  const watching = keepRunning(first);
  return {
    port: () => port,
    stop: async () => {
      stopping.abort();
      await current?.stop();
      // A start that was under way is stopped as well, once it is there.
      await watching;
      await current?.stop();
    },
    kill: () => {
      stopping.abort();
      current?.kill();
    },
  };
}

function describeExit(exit: { exitCode: number | null; signal: NodeJS.Signals | null }): string {
  return exit.signal === null ? `ended with exit code ${exit.exitCode}` : `was ended by ${exit.signal}`;
}

/** Resolves after the time, or as soon as `signal` says so. */
function sleep(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, delayMs);
    signal.addEventListener('abort', done);
  });
}
