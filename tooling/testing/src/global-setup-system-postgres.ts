import type { TestProject } from 'vitest/node';
import { startTestServices } from './lib/test-services.ts';
import { findSystemPostgres } from './lib/system-postgres.ts';

/** As the global setup of all tests, on the PostgreSQL of the system and without Redis. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const programs = findSystemPostgres();
  if (programs === undefined) throw new Error('Cannot start the PostgreSQL of the system: there is none');
  const services = await startTestServices({ programs, redisUrl: '' });
  project.provide('earshotDatabaseUrl', services.databaseUrl);
  project.provide('earshotRedisUrl', services.redisUrl ?? '');
  return () => services.stop();
}
