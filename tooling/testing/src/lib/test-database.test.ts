import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { createTestDatabase, testRedisUrl } from './test-database.ts';

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

describe('createTestDatabase', () => {
  it('gives each caller an empty database of its own', async () => {
    const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    await query(one.url, 'create table marks (id int)');
    const tables = "select tablename from pg_tables where schemaname = 'public'";
    expect(await query(one.url, tables)).toEqual([{ tablename: 'marks' }]);
    expect(await query(two.url, tables)).toEqual([]);
    await Promise.all([one.drop(), two.drop()]);
  });

  it('drops a database that still has connections, and may be called twice', async () => {
    const database = await createTestDatabase();
    const client = new pg.Client({ connectionString: database.url });
    const cut = new Promise<void>((resolve) => {
      client.on('error', () => resolve());
    });
    await client.connect();
    await database.drop();
    await cut;
    await database.drop();
    await expect(query(database.url, 'select 1')).rejects.toThrow('does not exist');
  });

  it('keeps text in UTF-8', async () => {
    const database = await createTestDatabase();
    expect(await query(database.url, "select upper('é') as up, length('日本') as n")).toMatchObject([
      { n: 2 },
    ]);
    await database.drop();
  });
});

describe('testRedisUrl', () => {
  it('names a Redis on this machine, or nothing', () => {
    expect(testRedisUrl() ?? 'redis://127.0.0.1').toMatch(/^redis:\/\/.*127\.0\.0\.1/);
  });
});
