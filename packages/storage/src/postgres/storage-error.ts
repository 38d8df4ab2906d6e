import { AppError } from '@earshot/domain';

/**
 * `unavailable`: no answer from the database, try again. `timeout`: a statement ran into its limit, try again.
 * `conflict`: lost against a concurrent transaction more often than we try, or waited too long for its lock, try again. `duplicate`: the row is there.
 * `missing-parent`: a row refers to one that is not there. `cursor-invalid`: not a cursor of ours.
 * `fence-mismatch`: the worker believes in samples that were never committed. `failed`: everything else.
 */
export type StorageErrorCode =
  | 'storage.unavailable'
  | 'storage.timeout'
  | 'storage.conflict'
  | 'storage.duplicate'
  | 'storage.missing-parent'
  | 'storage.cursor-invalid'
  | 'storage.fence-mismatch'
  | 'storage.failed';

/** What the server allows a connection of ours. */
export interface StatementLimits {
  /** One statement, waits for locks included. */
  readonly statementTimeoutMs: number;
  /** One wait for a lock. */
  readonly lockTimeoutMs: number;
  /** A transaction between two statements; beyond it the server ends the connection. */
  readonly idleTransactionMsMax: number;
}

export function isStorageError(error: unknown): error is AppError & { readonly code: StorageErrorCode } {
  return error instanceof AppError && error.code.startsWith('storage.');
}

export function storageError(code: StorageErrorCode, message: string, cause?: unknown): AppError {
  const retryable =
    code === 'storage.unavailable' || code === 'storage.timeout' || code === 'storage.conflict';
  // The one mistake of a caller that an API passes through as it is.
  const told =
    code === 'storage.cursor-invalid'
      ? { publicMessage: '/cursor must be the nextCursor of an earlier page' }
      : {};
  return new AppError(code, message, { retryable, cause, ...told });
}

/**
 * What the database said, without what it was said about: the `detail` and sometimes the `message` of a server
 * error quote the row, and a row may hold what a customer said. Only the fixed parts go on.
 */
export function toStorageError(action: string, error: unknown, limits?: StatementLimits): AppError {
  if (isStorageError(error)) return error;
  const state = sqlState(error);
  if (state === undefined) {
    return storageError('storage.unavailable', `Cannot ${action}: the database did not answer`, error);
  }
  const exceeded = limits && exceededLimit(state, limits);
  if (exceeded !== undefined) {
    return storageError(codeOf(state), `Cannot ${action}: ${exceeded} (SQLSTATE ${state})`);
  }
  const place = ['table', 'column', 'constraint']
    .map((part) => [part, stringProperty(error, part)] as const)
    .filter(([, value]) => value !== undefined)
    .map(([part, value]) => ` ${part} ${value}`)
    .join('');
  return storageError(codeOf(state), `Cannot ${action}: the database answered SQLSTATE ${state}${place}`);
}

/** The five characters of a server error; network errors carry other codes, such as ECONNREFUSED. */
export function sqlState(error: unknown): string | undefined {
  const code = stringProperty(error, 'code');
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) && stringProperty(error, 'severity') !== undefined
    ? code
    : undefined;
}

function exceededLimit(state: string, limits: StatementLimits): string | undefined {
  if (state === '57014') return `the statement exceeds its limit of ${limits.statementTimeoutMs} ms`;
  if (state === '55P03') return `the wait for a lock exceeds its limit of ${limits.lockTimeoutMs} ms`;
  return undefined;
}

function codeOf(state: string): StorageErrorCode {
  if (state === '57014') return 'storage.timeout';
  if (state === '23505') return 'storage.duplicate';
  if (state === '23503') return 'storage.missing-parent';
  if (state === '40001' || state === '40P01' || state === '55P03') return 'storage.conflict';
  // 25P03: the server ended a connection whose transaction had stood still.
  if (/^(08|53|57P|25P03)/.test(state)) return 'storage.unavailable';
  return 'storage.failed';
}

function stringProperty(error: unknown, name: string): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : undefined;
}
