import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, startRedis, type RunningService } from '@earshot/services';

export interface LoadServices {
  readonly postgres: RunningService;
  /** `undefined` where the machine has none: the queues run on PostgreSQL then. */
  readonly redis: RunningService | undefined;
  stop(): Promise<void>;
}

/** As the test run's: data are thrown away, so nothing waits for the disk. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Starts PostgreSQL and Redis of its own in a temporary folder; `{}` has PostgreSQL wait for its disk as it does by itself. */
export async function startLoadServices(
  settings: Readonly<Record<string, string>> = SETTINGS,
): Promise<LoadServices> {
  const directory = await mkdtemp(join(tmpdir(), 'earshot-bench-'));
  // PostgreSQL's user must get in when we are root.
  await chmod(directory, 0o711);
  const started: RunningService[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((service) => service.stop()));
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const postgres = await startPostgres({ directory: join(directory, 'postgres'), settings });
    started.push(postgres);
    const redis = await startRedis({ directory: join(directory, 'redis') });
    if (redis !== undefined) started.push(redis);
    return { postgres, redis, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
