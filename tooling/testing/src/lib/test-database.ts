import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
// Tells whoever type-checks a test what the global setup provides.
import type {} from '../global-setup.ts';

export interface TestDatabase {
  url: string;
  /** Removes the database, ending the connections that are left. May be called again. */
  drop(): Promise<void>;
}

/** Makes an empty database of its own on the test run's PostgreSQL. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = inject('earshotDatabaseUrl');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(serverUrl, `create database ${name} template template0`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => onServer(serverUrl, `drop database if exists ${name} with (force)`),
  };
}

/** The test run's Redis, shared by all tests: use a key prefix of your own. `undefined` where there is none. */
export function testRedisUrl(): string | undefined {
  const url = inject('earshotRedisUrl');
  return url === '' ? undefined : url;
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 60_000 });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
