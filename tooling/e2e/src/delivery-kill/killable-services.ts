import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, startPostgres, startRedis, type RunningService } from '@earshot/services';

/** PostgreSQL and, where asked for, Redis that a test may kill; they come back at the same place. */
export interface KillableServices {
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  /** Ends PostgreSQL at once, as a crash does, and starts it again. */
  killPostgres(): Promise<void>;
  /** Kills Redis and starts it again with or without what it knew. */
  killRedis(options: { readonly keepData: boolean }): Promise<void>;
  stop(): Promise<void>;
}

/** The process dies, not the machine: what was written is there without waiting for the disk. */
const SETTINGS = { fsync: 'off', full_page_writes: 'off' };

export async function startKillableServices({
  withRedis,
}: {
  readonly withRedis: boolean;
}): Promise<KillableServices> {
  const directory = await mkdtemp(join(tmpdir(), 'earshot-delivery-kill-'));
  // PostgreSQL's user must get in when we are root.
  await chmod(directory, 0o711);
  const [postgresPort, redisPort] = [await findFreePort(), await findFreePort()];
  const redisDirectory = join(directory, 'redis');
  const openPostgres = (): Promise<RunningService> =>
    startPostgres({ directory: join(directory, 'postgres'), port: postgresPort, settings: SETTINGS });
  const openRedis = async (): Promise<RunningService> => {
    const redis = await startRedis({ directory: redisDirectory, port: redisPort });
    if (redis === undefined) throw new Error('Cannot start Redis: there is none on PATH');
    return redis;
  };
  let postgres = await openPostgres();
  let redis = withRedis ? await openRedis() : undefined;
  return {
    databaseUrl: postgres.url,
    redisUrl: redis?.url,
    async killPostgres() {
      postgres.kill();
      await postgres.exited;
      postgres = await openPostgres();
    },
    async killRedis({ keepData }) {
      redis?.kill();
      await redis?.exited;
      if (!keepData) await rm(join(redisDirectory, 'appendonlydir'), { recursive: true, force: true });
      redis = await openRedis();
    },
    async stop() {
      await Promise.all([postgres.stop(), redis?.stop()]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
