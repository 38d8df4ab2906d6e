import { Pool, type PoolClient } from 'pg';
import { columnTypes } from './column-types.ts';
import { sqlState, toStorageError, type StatementLimits } from './storage-error.ts';

/** How much longer than the server's own limit we wait before we call the connection dead. */
const ANSWER_GRACE_MS = 2000;
const TRIES_MAX = 4;
/** Deadlock, serialization failure, and an endpoint deleted while a commit made a lane for it. */
const RETRIED_STATES: ReadonlySet<string> = new Set(['40P01', '40001', '23503']);

/** A statement; `name` lets the server keep its plan, for those that run all the time. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
}

export interface Session {
  /** Rows come back as `Row`: the caller writes the statement that makes it true. */
  rows<Row extends object>(statement: Statement | string, values: readonly unknown[]): Promise<Row[]>;
}

export interface Database extends Session {
  /** One transaction, tried again on a deadlock; `work` must therefore have no effect outside it. */
  transaction<T>(action: string, work: (session: Session) => Promise<T>): Promise<T>;
  /** One statement; `action` completes the sentence "Cannot ..." in its error. */
  run<Row extends object>(
    action: string,
    statement: Statement | string,
    values: readonly unknown[],
  ): Promise<Row[]>;
  close(): Promise<void>;
}

export interface DatabaseOptions extends StatementLimits {
  readonly databaseUrl: string;
  readonly connectionsMax: number;
  readonly connectionWaitMsMax: number;
  /** Connections that break while nobody uses them: the pool replaces them by itself. */
  readonly onBackgroundError: (error: Error) => void;
}

export function openDatabase(options: DatabaseOptions): Database {
  const { statementTimeoutMs } = options;
  const pool = new Pool({
    connectionString: options.databaseUrl,
    max: options.connectionsMax,
    connectionTimeoutMillis: options.connectionWaitMsMax,
    statement_timeout: statementTimeoutMs,
    lock_timeout: options.lockTimeoutMs,
    idle_in_transaction_session_timeout: options.idleTransactionMsMax,
    query_timeout: statementTimeoutMs + ANSWER_GRACE_MS,
    keepAlive: true,
    application_name: 'earshot',
    types: columnTypes,
  });
  pool.on('error', options.onBackgroundError);

  const rows: Database['rows'] = async (statement, values) => query(pool, statement, values);
  return {
    rows,
    run: (action, statement, values) => retried(action, options, () => query(pool, statement, values)),
    transaction: (action, work) => retried(action, options, () => inTransaction(pool, work)),
    close: () => pool.end(),
  };
}

async function query<Row extends object>(
  client: Pool | PoolClient,
  statement: Statement | string,
  values: readonly unknown[],
): Promise<Row[]> {
  const config = typeof statement === 'string' ? { text: statement } : statement;
  const result = await client.query<Row>({ ...config, values: [...values] });
  return result.rows;
}

async function inTransaction<T>(pool: Pool, work: (session: Session) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // The pool listens to idle connections only: one that breaks between two statements would end the process.
  const onBroken = (error: Error): void => {
    broken = error;
  };
  client.on('error', onBroken);
  try {
    await client.query('begin');
    const result = await work({ rows: (statement, values) => query(client, statement, values) });
    await client.query('commit');
    return result;
  } catch (error) {
    // A connection that cannot even roll back is thrown away; the first error is the one that tells why.
    await client.query('rollback').catch((cause: unknown) => {
      broken = new Error('Cannot roll back', { cause });
    });
    throw error;
  } finally {
    client.off('error', onBroken);
    client.release(broken);
  }
}

async function retried<T>(action: string, limits: StatementLimits, attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const state = sqlState(error);
      if (tries >= TRIES_MAX || state === undefined || !RETRIED_STATES.has(state)) {
        throw toStorageError(action, error, limits);
      }
    }
  }
}
