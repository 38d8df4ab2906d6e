import { connect, createServer, type Server, type Socket } from 'node:net';
import { createTestDatabase } from '@earshot/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Database, type DatabaseOptions } from './database.ts';

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
      lockTimeoutMs: 5000,
      idleTransactionMsMax: 5000,
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

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('Cannot tell the port of the test');
  return address.port;
}

describe('openDatabase', () => {
  let url: string;
  let drop: () => Promise<void>;
  const opened: Database[] = [];

  const open = (change: Partial<DatabaseOptions> = {}): Database => {
    const database = openDatabase({
      databaseUrl: url,
      connectionsMax: 2,
      connectionWaitMsMax: 5000,
      statementTimeoutMs: 5000,
      lockTimeoutMs: 5000,
      idleTransactionMsMax: 5000,
      onBackgroundError: () => undefined,
      ...change,
    });
    opened.push(database);
    return database;
  };

  beforeAll(async () => {
    const created = await createTestDatabase();
    url = created.url;
    drop = () => created.drop();
    await open().run('make a table', 'create table counters (id integer primary key)', []);
  });
  afterAll(async () => {
    await Promise.all(opened.map((database) => database.close()));
    await drop();
  });

  it('ends a statement that takes too long, and the connection stays of use', async () => {
    const database = open({ connectionsMax: 1, statementTimeoutMs: 1000 });
    await expect(database.run('count', 'select pg_sleep(60)', [])).rejects.toMatchObject({
      code: 'storage.timeout',
      retryable: true,
      message: 'Cannot count: the statement exceeds its limit of 1000 ms (SQLSTATE 57014)',
    });
    expect(await database.run('count', 'select 1 as one', [])).toEqual([{ one: 1 }]);
  });

  it('ends a wait for a lock before the statement has used up its own limit', async () => {
    const holder = open();
    const waiting = open({ lockTimeoutMs: 100 });
    await holder.transaction('hold the table', async (session) => {
      await session.rows('lock table counters', []);
      await expect(waiting.run('count', 'select from counters', [])).rejects.toMatchObject({
        code: 'storage.conflict',
        retryable: true,
        message: 'Cannot count: the wait for a lock exceeds its limit of 100 ms (SQLSTATE 55P03)',
      });
    });
    expect(await waiting.run('count', 'select from counters', [])).toEqual([]);
  });

  it('has the server end a transaction that stands still, with its locks', async () => {
    const database = open({ idleTransactionMsMax: 100 });
    const stalled = database.transaction('count', async (session) => {
      await session.rows('lock table counters', []);
      // Answered once the server has ended the connection that holds the lock.
      await open().rows('select from counters', []);
      return await session.rows('select 1', []);
    });
    await expect(stalled).rejects.toMatchObject({ code: 'storage.unavailable', retryable: true });
  });

  it('gives up a server that accepts connections and never answers', async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const silent = open({
      databaseUrl: `postgres://nobody@127.0.0.1:${port}/none`,
      connectionWaitMsMax: 100,
    });
    await expect(silent.run('count', 'select 1', [])).rejects.toMatchObject({
      code: 'storage.unavailable',
      message: 'Cannot count: the database did not answer',
    });
    server.close();
  });

  it('gives up a server that falls silent, and goes on with another connection', async () => {
    const { port, hostname } = new URL(url);
    const passing = new Set<Socket>();
    const proxy = createServer((client) => {
      const server = connect(Number(port), hostname);
      passing.add(server);
      client.pipe(server).pipe(client);
      client.on('error', () => server.destroy());
    });
    const target = new URL(url);
    target.port = String(await listen(proxy));
    const database = open({ databaseUrl: target.href, connectionsMax: 1, statementTimeoutMs: 1000 });
    await database.run('count', 'select 1', []);
    for (const server of passing) server.unpipe().pause();
    await expect(database.run('count', 'select 1', [])).rejects.toMatchObject({
      code: 'storage.unavailable',
      retryable: true,
    });
    expect(await database.run('count', 'select 1 as one', [])).toEqual([{ one: 1 }]);
    for (const server of passing) server.destroy();
    proxy.close();
  });

  it('lets no more connections than its limit, and those that wait for one too long fail', async () => {
    const database = open({ connectionsMax: 1, connectionWaitMsMax: 2000 });
    await database.transaction('count', async () => {
      await expect(database.run('count', 'select 1', [])).rejects.toMatchObject({
        code: 'storage.unavailable',
        retryable: true,
      });
    });
  });
});
