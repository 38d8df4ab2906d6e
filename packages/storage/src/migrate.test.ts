import { createTestDatabase, type TestDatabase } from '@earshot/testing';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/all.ts';

describe('migrate', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  const names = MIGRATIONS.map((migration) => migration.name);

  it('numbers its steps without a gap', () => {
    expect(MIGRATIONS.map((migration) => migration.version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
  });

  it('takes every step once and none the second time', async () => {
    expect(await migrate(database.url)).toEqual({ applied: names });
    expect(await migrate(database.url)).toEqual({ applied: [] });
  });

  it('lets one of several processes take each step', async () => {
    const runs = await Promise.all([1, 2, 3, 4].map(() => migrate(database.url)));
    expect(runs.flatMap((run) => run.applied)).toEqual(names);
  });

  it('leaves a newer database as it is', async () => {
    await migrate(database.url);
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query(`insert into schema_migrations (version, name) values (9999, 'of a later release')`);
    await client.end();
    expect(await migrate(database.url)).toEqual({ applied: [] });
  });

  it('rejects with a retryable error when the server is not there', async () => {
    await expect(migrate('postgres://nobody@127.0.0.1:1/none')).rejects.toMatchObject({
      code: 'storage.unavailable',
      retryable: true,
    });
  });
});
