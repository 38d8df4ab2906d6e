import { Redis } from 'ioredis';
import pg from 'pg';

/** Every row of every table, as text: one entry a table. */
export async function dumpDatabase(databaseUrl: string): Promise<{ name: string; text: string }[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    );
    const dumps: { name: string; text: string }[] = [];
    for (const { name } of tables.rows) {
      const rows = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      dumps.push({ name, text: rows.rows.map(({ row }) => row).join('\n') });
    }
    return dumps;
  } finally {
    await client.end();
  }
}

/** Every key of a Redis with its value in Redis' own serialised form. */
export async function dumpRedis(redisUrl: string): Promise<{ name: string; text: string }[]> {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: 1 });
  try {
    const keys = await redis.keys('*');
    return await Promise.all(
      keys.map(async (key) => ({ name: key, text: (await redis.dumpBuffer(key))?.toString('latin1') ?? '' })),
    );
  } finally {
    redis.disconnect();
  }
}
