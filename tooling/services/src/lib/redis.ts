import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { findFreePort } from './free-port.ts';
import { recordService, stopLeftover } from './leftover.ts';
import type { RunningService } from './postgres.ts';
import { runProcess, type RunningProcess, type StopStep } from './run-process.ts';
import { ServiceError } from './service-error.ts';

/** SIGTERM writes the append-only file out and ends. */
const STOP_STEPS: readonly StopStep[] = [{ signal: 'SIGTERM', waitMs: 10_000 }];
const START_ATTEMPTS_MAX = 4;
const PORT_TAKEN = /Address already in use/i;
/** Older ones lack commands that the queues use. */
const MAJOR_VERSION_MIN = 6;

export interface RedisOptions {
  /** Where the append-only file, password and process record are kept. Made when missing. */
  directory: string;
  /** Default: a free one. */
  port?: number;
  log?: (line: string) => void;
}

/**
 * Starts a private `redis-server` found on PATH on loopback TCP; `undefined` when there is none that is new
 * enough. Throws `ServiceError` when there is one that does not start.
 */
export async function startRedis(options: RedisOptions): Promise<RunningService | undefined> {
  const log = options.log ?? (() => {});
  const major = await redisMajorVersion();
  if (major === undefined) return undefined;
  if (major < MAJOR_VERSION_MIN) {
    log(`redis-server ${major} is too old, ${MAJOR_VERSION_MIN} is the oldest that serves`);
    return undefined;
  }
  const directory = resolve(options.directory);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await stopLeftover(directory, STOP_STEPS, log);
  const password = await passwordIn(directory);
  const { server, port } = await startServer({ ...options, log, directory }, password);
  await recordService(directory, server.pid);
  return {
    url: `redis://:${password}@127.0.0.1:${port}`,
    pid: server.pid,
    exited: server.exited,
    stop: () => server.stop(),
    kill: () => server.kill(),
  };
}

async function startServer(
  options: RedisOptions & { log: (line: string) => void },
  password: string,
): Promise<{ server: RunningProcess; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await findFreePort());
    try {
      return { server: await runServer(options, port, password), port };
    } catch (error) {
      const lostRace =
        options.port === undefined && error instanceof ServiceError && PORT_TAKEN.test(error.message);
      if (!lostRace || attempt >= START_ATTEMPTS_MAX) throw error;
    }
  }
}

function runServer(
  options: { directory: string; log: (line: string) => void },
  port: number,
  password: string,
): Promise<RunningProcess> {
  // Given on standard input, since the list of processes shows arguments to every user.
  const settings = [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    `dir ${JSON.stringify(options.directory)}`,
    'appendonly yes',
    'save ""',
    'maxmemory-policy noeviction',
    'daemonize no',
  ];
  return runProcess({
    name: 'Redis',
    command: 'redis-server',
    args: ['-'],
    input: `${settings.join('\n')}\n`,
    cwd: options.directory,
    log: options.log,
    isReady: (line) => line.includes('Ready to accept connections'),
    readyTimeoutMs: 60_000,
    stopSteps: STOP_STEPS,
  });
}

async function passwordIn(directory: string): Promise<string> {
  const file = join(directory, 'password');
  const known = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (known !== '') return known;
  const password = randomBytes(24).toString('base64url');
  await writeFile(file, password, { mode: 0o600 });
  return password;
}

function redisMajorVersion(): Promise<number | undefined> {
  return new Promise((resolve) => {
    execFile('redis-server', ['--version'], { timeout: 10_000 }, (error, stdout) => {
      const found = /v=(\d+)\./.exec(stdout)?.[1];
      resolve(error || found === undefined ? undefined : Number(found));
    });
  });
}
