import { Redis } from 'ioredis';
import pg from 'pg';

/** A place where words may rest, with all that rests there. */
export interface KeptText {
  readonly name: string;
  readonly text: string;
}

/** How a dump writes bytes; a backslash is doubled within a row. */
const HEXADECIMAL_BYTES = /\\+x((?:[0-9a-f]{2})+)/g;

/** Every row of every table, as text, and behind it what its bytes read as: one entry a table. */
export async function dumpDatabase(databaseUrl: string): Promise<KeptText[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    );
    const dumps: KeptText[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      dumps.push({ name, text: rows.map(({ row }) => `${row}\n${bytesAsText(row)}`).join('\n') });
    }
    return dumps;
  } finally {
    await client.end();
  }
}

function bytesAsText(row: string): string {
  return [...row.matchAll(HEXADECIMAL_BYTES)]
    .map(([, digits = '']) => Buffer.from(digits, 'hex').toString())
    .join('\n');
}

/** Every key of a Redis with its values. Read by type: the serialised form of `DUMP` is compressed, which hides words. */
export async function dumpRedis(redisUrl: string): Promise<KeptText[]> {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: 1 });
  try {
    const keys = await redis.keys('*');
    return await Promise.all(
      keys.map(async (key) => ({ name: key, text: JSON.stringify(await readValue(redis, key)) ?? '' })),
    );
  } finally {
    redis.disconnect();
  }
}

async function readValue(redis: Redis, key: string): Promise<unknown> {
  const type = await redis.type(key);
  switch (type) {
    case 'string':
      return await redis.get(key);
    case 'hash':
      return await redis.hgetall(key);
    case 'list':
      return await redis.lrange(key, 0, -1);
    case 'set':
      return await redis.smembers(key);
    case 'zset':
      return await redis.zrange(key, '0', '-1');
    case 'stream':
      return await redis.xrange(key, '-', '+');
    // It has expired since the keys were listed.
    case 'none':
      return '';
    default:
      throw new Error(`Cannot read ${key}: Redis says that it is a ${type}`);
  }
}
