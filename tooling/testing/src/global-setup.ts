import type { TestProject } from 'vitest/node';
import { startTestServices } from './lib/test-services.ts';

declare module 'vitest' {
  interface ProvidedContext {
    earshotDatabaseUrl: string;
    /** Empty when the machine has no Redis. */
    earshotRedisUrl: string;
  }
}

/**
 * Run once by vitest before all tests. `EARSHOT_TEST_DATABASE_URL` (its user must be allowed to create databases)
 * and `EARSHOT_TEST_REDIS_URL` name servers to use instead of private ones.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const services = await startTestServices({
    databaseUrl: process.env['EARSHOT_TEST_DATABASE_URL'],
    redisUrl: process.env['EARSHOT_TEST_REDIS_URL'],
  });
  project.provide('earshotDatabaseUrl', services.databaseUrl);
  project.provide('earshotRedisUrl', services.redisUrl ?? '');
  return () => services.stop();
}
