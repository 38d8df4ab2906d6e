import { migrateQueues } from '@earshot/queues';
import { createStorage, migrate, type Storage } from '@earshot/storage';
import { LauncherError } from './launcher-error.ts';

/** Brings the tables up to date and opens the store; the caller closes it. */
export async function prepareStore(options: {
  databaseUrl: string;
  onReady: (name: string, elapsedMs: number) => void;
}): Promise<Storage> {
  const { databaseUrl } = options;
  const startedAt = performance.now();
  try {
    const migrated = await migrate(databaseUrl);
    await migrateQueues(databaseUrl);
    options.onReady(nameOf(migrated), performance.now() - startedAt);
  } catch (cause) {
    throw new LauncherError(
      `Cannot prepare the tables: ${cause instanceof Error ? cause.message : String(cause)}`,
      'When DATABASE_URL or REDIS_URL is set, check that it names a server that answers and a user who may create tables.',
      cause,
    );
  }
  return createStorage({ databaseUrl });
}

function nameOf({ applied, newerCount }: Awaited<ReturnType<typeof migrate>>): string {
  if (newerCount > 0) return `Tables (of a newer release, ${newerCount} migrations ahead of this one)`;
  return applied.length === 0 ? 'Tables' : `Tables (${applied.length} migrations)`;
}
