import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, startRedis, type PostgresBinaries, type RunningService } from '@earshot/services';

export interface TestServices {
  databaseUrl: string;
  redisUrl: string | undefined;
  /** Ends what was started and removes its data; leaves given servers alone. */
  stop(): Promise<void>;
}

export interface TestServicesOptions {
  databaseUrl?: string | undefined;
  redisUrl?: string | undefined;
  /** Whose PostgreSQL to start. Default: the one that came from npm. */
  programs?: PostgresBinaries;
}

/** Data of a test run are thrown away, so nothing waits for the disk; all workers of the run share the connections. */
const THROW_AWAY_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '400',
};

/** Starts PostgreSQL and, where the machine has one, Redis in a temporary folder, unless they are given. */
export async function startTestServices(given: TestServicesOptions): Promise<TestServices> {
  const directory = await mkdtemp(join(tmpdir(), 'earshot-test-'));
  // PostgreSQL's user must get in when we are root.
  await chmod(directory, 0o711);
  const started: RunningService[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((service) => service.stop()));
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const [databaseUrl, redisUrl] = await Promise.all([
      given.databaseUrl ?? startTestPostgres(join(directory, 'postgres'), given.programs, started),
      given.redisUrl ?? startTestRedis(join(directory, 'redis'), started),
    ]);
    return { databaseUrl, redisUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startTestPostgres(
  directory: string,
  programs: PostgresBinaries | undefined,
  started: RunningService[],
): Promise<string> {
  const service = await startPostgres({
    directory,
    settings: THROW_AWAY_SETTINGS,
    ...(programs === undefined ? {} : { programs }),
  });
  started.push(service);
  return service.url;
}

async function startTestRedis(directory: string, started: RunningService[]): Promise<string | undefined> {
  const service = await startRedis({ directory });
  if (service) started.push(service);
  return service?.url;
}
