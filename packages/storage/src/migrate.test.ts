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
    expect(await migrate(database.url)).toEqual({ applied: names, newerCount: 0 });
    expect(await migrate(database.url)).toEqual({ applied: [], newerCount: 0 });
  });

  it('lets one of several processes take each step', async () => {
    const runs = await Promise.all([1, 2, 3, 4].map(() => migrate(database.url)));
    expect(runs.flatMap((run) => run.applied)).toEqual(names);
  });

  it('leaves a newer database as it is, and tells that it is', async () => {
    await migrate(database.url);
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query(`insert into schema_migrations (version, name) values (9999, 'of a later release')`);
    await client.end();
    expect(await migrate(database.url)).toEqual({ applied: [], newerCount: 1 });
  });

  it('lets others through while a table it has to change is in use, and changes it afterwards', async () => {
    const change = { version: 2, name: 'second', sql: 'alter table things add column size integer' };
    const steps = [{ version: 1, name: 'first', sql: 'create table things (id integer)' }, change];
    await migrate(database.url, steps.slice(0, 1));
    const [user, other] = [1, 2].map(() => new Client({ connectionString: database.url }));
    await Promise.all([user?.connect(), other?.connect()]);
    await user?.query('begin');
    await user?.query('select from things');

    const migrated = migrate(database.url, steps);
    const waits = 'select 1 from pg_locks where not granted';
    while ((await other?.query(waits))?.rowCount === 0) continue;
    await other?.query('select from things');
    await user?.query('commit');

    expect(await migrated).toEqual({ applied: ['second'], newerCount: 0 });
    await Promise.all([user?.end(), other?.end()]);
  });

  it('rejects with a retryable error when the server is not there', async () => {
    await expect(migrate('postgres://nobody@127.0.0.1:1/none')).rejects.toMatchObject({
      code: 'storage.unavailable',
      retryable: true,
    });
  });
});
