import { createTestDatabase } from '@earshot/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from './database.ts';

describe('Database.transaction', () => {
  let database: Database;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const { url, ...created } = await createTestDatabase();
    drop = () => created.drop();
    database = openDatabase({
      databaseUrl: url,
      connectionsMax: 2,
      connectionWaitMsMax: 5000,
      statementTimeoutMs: 5000,
      onBackgroundError: () => undefined,
    });
  });
  afterAll(async () => {
    await database?.close();
    await drop?.();
  });

  it('fails as retryable when its connection breaks between two statements, and the next one works', async () => {
    const broken = database.transaction('count', async (session) => {
      const [own] = await session.rows<{ pid: number }>('select pg_backend_pid() as pid', []);
      await database.rows('select pg_terminate_backend($1, 5000)', [own?.pid]);
      // The end of the connection is read from the socket in the turns that this round trip takes.
      await database.rows('select 1', []);
      return session.rows('select 1', []);
    });
    await expect(broken).rejects.toMatchObject({ code: 'storage.unavailable', retryable: true });
    const answered = database.transaction('count', (session) => session.rows('select 1 as one', []));
    expect(await answered).toEqual([{ one: 1 }]);
  });
});
