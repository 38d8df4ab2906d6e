import { spawn, type ChildProcess } from 'node:child_process';
import { readLines } from './line-reader.ts';
import { ServiceError } from './service-error.ts';
import { killWithParent } from './kill-with-parent.ts';

/** How many of the last output lines an error shows. */
const KEPT_LINES_MAX = 20;
/** How long a killed process may take to be reaped. */
const KILL_WAIT_MS = 5_000;

export interface ProcessUser {
  uid: number;
  gid: number;
}

export interface StopStep {
  signal: NodeJS.Signals;
  /** How long to wait for the end before the next step. */
  waitMs: number;
}

export interface RunProcessOptions {
  /** Shown in errors. */
  name: string;
  command: string;
  args: readonly string[];
  /** Absent: the environment of this process. */
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  user?: ProcessUser | undefined;
  /** Written to standard input, which is then closed. */
  input?: string;
  /** Sees every line of both output streams. */
  log?: ((line: string, stream: 'stdout' | 'stderr') => void) | undefined;
  /** The line after which the process counts as ready. */
  isReady: (line: string) => boolean;
  /** Default 30,000. */
  readyTimeoutMs?: number;
  /** Tried in order until the process has ended; SIGKILL follows the last. */
  stopSteps: readonly StopStep[];
  /** What `kill` and the guard's last step send. PostgreSQL must not get SIGKILL. Default SIGKILL. */
  killSignal?: NodeJS.Signals;
}

export interface ProcessExit {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
}

export interface RunningProcess {
  pid: number;
  /** The line that `isReady` accepted. */
  readyLine: string;
  /** Resolves, never rejects, when the process has ended. */
  exited: Promise<ProcessExit>;
  /** The last output lines, oldest first. */
  lastLines(): readonly string[];
  /** Ends the process step by step; resolves once it has ended. May be called again. */
  stop(): Promise<void>;
  /** Ends the process at once, without waiting. */
  kill(): void;
}

/**
 * Starts a program in a process group of its own, so that Ctrl-C in the terminal reaches only us, and waits for
 * its ready line. A small guard ends it when this process dies without stopping it.
 * Throws `services.start-failed` when it ends first and `services.start-timeout` when the line does not come.
 */
export async function runProcess(options: RunProcessOptions): Promise<RunningProcess> {
  const lines: string[] = [];
  const child = spawn(options.command, options.args, {
    detached: true,
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    ...(options.env === undefined ? {} : { env: options.env }),
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...options.user,
  });
  const exited = exitOf(child);
  const ready = readyLineOf(child, options, lines);
  if (child.pid !== undefined) killWithParent(child.pid, options, exited);
  child.stdin?.on('error', () => {
    // The program ended before it read its input; `exited` reports that.
  });
  child.stdin?.end(options.input);

  const readyTimeoutMs = options.readyTimeoutMs ?? 30_000;
  const first = await firstOf(ready, exited, readyTimeoutMs);
  const running = { child, exited, options };
  if (first === undefined) {
    await stopProcess(running);
    throw new ServiceError(
      'services.start-timeout',
      withOutput(`Cannot start ${options.name}: not ready after ${readyTimeoutMs} ms`, lines),
      { retryable: true },
    );
  }
  if (typeof first !== 'string') {
    throw new ServiceError(
      'services.start-failed',
      withOutput(`Cannot start ${options.name}: ${describeExit(first)}`, lines),
      { retryable: true, cause: first.cause },
    );
  }
  return {
    pid: child.pid ?? 0,
    readyLine: first,
    exited,
    lastLines: () => [...lines],
    stop: () => stopProcess(running),
    kill: () => signalGroup(child, options.killSignal ?? 'SIGKILL'),
  };
}

type Exit = ProcessExit & { cause?: Error };

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('error', (cause) => {
      if (child.pid === undefined) resolve({ exitCode: null, signal: null, cause });
    });
    // `close` rather than `exit`: by then every output line has been read.
    child.once('exit', (exitCode, signal) => {
      const settle = (): void => resolve({ exitCode, signal });
      child.once('close', settle);
      // A grandchild that keeps the pipe open must not keep us waiting.
      setTimeout(settle, 500).unref();
    });
  });
}

function readyLineOf(child: ChildProcess, options: RunProcessOptions, lines: string[]): Promise<string> {
  return new Promise((resolve) => {
    const onLine = (stream: 'stdout' | 'stderr') => (line: string) => {
      lines.push(line);
      if (lines.length > KEPT_LINES_MAX) lines.shift();
      options.log?.(line, stream);
      if (options.isReady(line)) resolve(line);
    };
    if (child.stdout) readLines(child.stdout, onLine('stdout'));
    if (child.stderr) readLines(child.stderr, onLine('stderr'));
  });
}

async function firstOf(
  ready: Promise<string>,
  exited: Promise<Exit>,
  timeoutMs: number,
): Promise<string | Exit | undefined> {
  const { promise: timeout, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), timeoutMs);
  try {
    return await Promise.race([ready, exited, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

async function stopProcess(running: {
  child: ChildProcess;
  exited: Promise<Exit>;
  options: RunProcessOptions;
}): Promise<void> {
  const steps = [...running.options.stopSteps, { signal: 'SIGKILL', waitMs: KILL_WAIT_MS } as const];
  for (const step of steps) {
    if (running.child.exitCode !== null || running.child.signalCode !== null) break;
    if (step.signal === 'SIGKILL') signalGroup(running.child, 'SIGKILL');
    else running.child.kill(step.signal);
    if (await endedWithin(running.exited, step.waitMs)) break;
  }
}

async function endedWithin(exited: Promise<Exit>, waitMs: number): Promise<boolean> {
  const { promise: timeout, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), waitMs);
  try {
    return await Promise.race([exited.then(() => true), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group ended by itself in the meantime, which is what was wanted.
  }
}

function describeExit(exit: Exit): string {
  if (exit.cause) return exit.cause.message;
  return exit.signal === null ? `it ended with exit code ${exit.exitCode}` : `it was ended by ${exit.signal}`;
}

function withOutput(message: string, lines: readonly string[]): string {
  return lines.length === 0 ? message : `${message}\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
