import { startPostgres, startRedis, type RunningService } from '@earshot/services';
import { join } from 'node:path';
import { openLogFile, type LogFile } from './log-file.ts';
import type { Shutdown } from './shutdown.ts';
import type { StateDirectory } from './state-directory.ts';

/** PostgreSQL's own steps take up to 20 s. */
const STOP_TIMEOUT_MS = 25_000;

export interface BackingServices {
  databaseUrl: string;
  /** Absent: the queues live in PostgreSQL. */
  redisUrl: string | undefined;
}

/**
 * Brings up PostgreSQL and the queue backend: given servers win, then private ones; without any Redis the queues
 * live in PostgreSQL. A private service that ends by itself asks for the end of everything.
 */
export async function startBackingServices(options: {
  given: { databaseUrl: string | undefined; redisUrl: string | undefined };
  state: StateDirectory;
  shutdown: Shutdown;
  onReady: (name: string, elapsedMs: number) => void;
  report: (line: string) => void;
}): Promise<BackingServices> {
  const { given, state, shutdown, onReady } = options;
  const startedAt = performance.now();
  const [databaseUrl, redisUrl] = await Promise.all([
    given.databaseUrl ?? startPrivatePostgres(state, shutdown, options.report),
    given.redisUrl ?? startPrivateRedis(state, shutdown),
  ]);
  const elapsedMs = performance.now() - startedAt;
  onReady(given.databaseUrl === undefined ? 'PostgreSQL (private)' : 'PostgreSQL (DATABASE_URL)', elapsedMs);
  onReady(queueKindOf(given.redisUrl, redisUrl), elapsedMs);
  return { databaseUrl, redisUrl };
}

function queueKindOf(given: string | undefined, used: string | undefined): string {
  if (given !== undefined) return 'Queues on Redis (REDIS_URL)';
  return used === undefined ? 'Queues on PostgreSQL (no redis-server)' : 'Queues on Redis (private)';
}

async function startPrivatePostgres(
  state: StateDirectory,
  shutdown: Shutdown,
  report: (line: string) => void,
): Promise<string> {
  const log = await openLogFile(join(state.logs, 'postgres.log'));
  const service = await startPostgres({
    directory: state.postgres,
    log: (line) => {
      log.write(line);
      if (!isServerLine(line)) report(line);
    },
  });
  watch('PostgreSQL', service, log, shutdown);
  return service.url;
}

async function startPrivateRedis(state: StateDirectory, shutdown: Shutdown): Promise<string | undefined> {
  const log = await openLogFile(join(state.logs, 'redis.log'));
  const service = await startRedis({ directory: state.redis, log: (line) => log.write(line) });
  if (!service) {
    await log.close();
    return undefined;
  }
  watch('Redis', service, log, shutdown);
  return service.url;
}

/** Lines of the server begin with a time, what goes on from one with a tab; those about starting and stopping it do not. */
export function isServerLine(line: string): boolean {
  return /^(\d{4}-|\t)/.test(line);
}

function watch(name: string, service: RunningService, log: LogFile, shutdown: Shutdown): void {
  let stopping = false;
  shutdown.add({
    name,
    timeoutMs: STOP_TIMEOUT_MS,
    kill: () => service.kill(),
    stop: async () => {
      stopping = true;
      await service.stop();
      await log.close();
    },
  });
  void service.exited.then(() => {
    if (!stopping) shutdown.request(`${name} ended by itself; its log is in .earshot/logs`);
  });
}
