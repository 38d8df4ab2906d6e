import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { BenchError } from './bench.ts';

/** The launcher's own bound for an ordered end is below this. */
const STOP_TIMEOUT_MS = 60_000;

export interface Program {
  /** Lines of its standard output as they come; ends with the program. */
  readonly lines: AsyncIterable<string>;
  /** Its exit code; 1 when a signal ended it. */
  readonly exited: Promise<number>;
  /** Ctrl-C for it and everything it started; killed when that takes longer than 60 s. */
  stop(): Promise<void>;
}

/** Runs a program as a process group of its own; what it says on standard error goes to ours. */
export function runProgram(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal },
): Program {
  const { cwd, env, signal } = options;
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise<number>((resolve, reject) => {
    child.once('error', (cause) =>
      reject(new BenchError(`Cannot run ${command}: ${cause.message}`, { cause })),
    );
    child.once('exit', (code) => resolve(code ?? 1));
  });
  let interrupted = false;
  const signalGroup = (name: NodeJS.Signals): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    process.kill(-child.pid, name);
  };
  const interrupt = (): void => {
    // A second one would make the launcher cut its ordered end short.
    if (!interrupted) signalGroup('SIGINT');
    interrupted = true;
  };
  const stop = async (): Promise<void> => {
    interrupt();
    const killer = setTimeout(() => signalGroup('SIGKILL'), STOP_TIMEOUT_MS);
    await exited.finally(() => clearTimeout(killer));
  };
  signal.addEventListener('abort', interrupt, { once: true });
  // Whoever uses the program awaits it; a failure to start must not be unhandled until then.
  exited
    .then(
      () => undefined,
      () => undefined,
    )
    .finally(() => signal.removeEventListener('abort', interrupt));
  return { lines: createInterface({ input: child.stdout, crlfDelay: Infinity }), exited, stop };
}
