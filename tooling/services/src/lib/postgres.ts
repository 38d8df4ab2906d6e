import { randomBytes } from 'node:crypto';
import { lstat, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseClusterPlace, type ClusterPlace } from './cluster-directory.ts';
import { findFreePort } from './free-port.ts';
import { initializeCluster } from './initialize-cluster.ts';
import { recordService, stopLeftover } from './leftover.ts';
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';
import { runProcess, type RunningProcess, type StopStep } from './run-process.ts';
import { ServiceError } from './service-error.ts';
import { unprivilegedUser } from './service-user.ts';

/** SIGINT is PostgreSQL's fast shutdown, SIGQUIT the immediate one (recovery at the next start). */
const STOP_STEPS: readonly StopStep[] = [
  { signal: 'SIGINT', waitMs: 10_000 },
  { signal: 'SIGQUIT', waitMs: 5_000 },
];
/** A port taken in the meantime, and backends of a killed server that are still ending, pass by themselves. */
const START_ATTEMPTS_MAX = 4;
const PORT_TAKEN = /could not bind|Address already in use/i;
const BACKENDS_ENDING = /shared memory block/i;
const RETRY_DELAY_MS = 400;

export interface PostgresOptions {
  /** Where data, password and process record are kept. Made when missing. */
  directory: string;
  /** Default: a free one. */
  port?: number;
  /** Server settings besides ours, e.g. `{ fsync: 'off' }` for throw-away data. */
  settings?: Readonly<Record<string, string>>;
  /** Programs of another installation, which every user may run. Default: those that came from npm. */
  programs?: PostgresBinaries;
  log?: (line: string) => void;
}

export interface RunningService {
  /** Connection URL with the password in it. */
  url: string;
  pid: number;
  /** Resolves when the server has ended, wanted or not. */
  exited: Promise<unknown>;
  /** Ends the service in order; resolves once it has ended. May be called again. */
  stop(): Promise<void>;
  /** Ends it at once, without waiting; the data stay usable. */
  kill(): void;
}

/**
 * Starts PostgreSQL, by default the one that came from npm, on loopback TCP, initialising its data on the first start.
 * Throws `ServiceError`; see its codes.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningService> {
  const log = options.log ?? (() => {});
  const place = await chooseClusterPlace(options.directory, await unprivilegedUser(), log);
  await stopLeftover(options.directory, STOP_STEPS, log);
  const binaries =
    options.programs ?? (await findPostgresBinaries({ forOtherUser: place.user !== undefined, log }));
  const passwordFile = join(options.directory, 'password');
  if (!(await exists(join(place.cluster, 'PG_VERSION')))) {
    const password = randomBytes(24).toString('base64url');
    await writeFile(passwordFile, password, { mode: 0o600 });
    await initializeCluster({ initdb: binaries.initdb, place, password });
  }
  const password = (await readFile(passwordFile, 'utf8')).trim();
  // `stopLeftover` has ended what served these data; the number in the file may belong to anybody by now.
  await rm(join(place.cluster, 'postmaster.pid'), { force: true });

  const { server, port } = await startServer({ options, place, postgres: binaries.postgres, log });
  await recordService(options.directory, server.pid);
  return {
    url: `postgres://earshot:${password}@127.0.0.1:${port}/postgres`,
    pid: server.pid,
    exited: server.exited,
    stop: () => server.stop(),
    kill: () => server.kill(),
  };
}

async function startServer(start: {
  options: PostgresOptions;
  place: ClusterPlace;
  postgres: string;
  log: (line: string) => void;
}): Promise<{ server: RunningProcess; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = start.options.port ?? (await findFreePort());
    try {
      return { server: await runServer(start, port), port };
    } catch (error) {
      const text = error instanceof ServiceError ? error.message : '';
      // A port that was asked for stays taken; a free one that we found can be lost to somebody faster.
      const passing =
        BACKENDS_ENDING.test(text) || (start.options.port === undefined && PORT_TAKEN.test(text));
      if (!passing || attempt >= START_ATTEMPTS_MAX) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS * attempt));
    }
  }
}

function runServer(
  start: { options: PostgresOptions; place: ClusterPlace; postgres: string; log: (line: string) => void },
  port: number,
): Promise<RunningProcess> {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...start.options.settings,
  };
  return runProcess({
    name: 'PostgreSQL',
    command: start.postgres,
    args: [
      '-D',
      start.place.cluster,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    env: { LC_ALL: 'C', TZ: 'UTC' },
    cwd: start.place.home,
    user: start.place.user,
    log: start.log,
    isReady: (line) => line.includes('database system is ready to accept connections'),
    readyTimeoutMs: 60_000,
    stopSteps: STOP_STEPS,
    killSignal: 'SIGQUIT',
  });
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}
