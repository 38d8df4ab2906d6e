import { describe, expect, it } from 'vitest';
import { readAppVariables, readRedisUrl } from './app-variables.ts';
import { readEnv } from './read-env.ts';

const ENV = { DATABASE_URL: 'postgres://localhost/earshot', EARSHOT_MASTER_KEY_FILE: '/run/key' };

describe('readAppVariables', () => {
  it('fills in where to listen and what the database may take', () => {
    expect(readEnv(ENV, readAppVariables)).toEqual({
      databaseUrl: 'postgres://localhost/earshot',
      databaseLimits: { statementTimeoutMs: 10_000, lockTimeoutMs: 5000, jobTimeoutMs: 120_000 },
      host: '127.0.0.1',
      port: 0,
      masterKey: { key: undefined, file: '/run/key' },
    });
  });

  it('takes limits of the database that are given', () => {
    const env = {
      ...ENV,
      DATABASE_CONNECTIONS_MAX: '3',
      DATABASE_STATEMENT_TIMEOUT_MS: '2000',
      DATABASE_LOCK_TIMEOUT_MS: '500',
      DATABASE_JOB_TIMEOUT_MS: '60000',
    };
    expect(readEnv(env, readAppVariables).databaseLimits).toEqual({
      connectionsMax: 3,
      statementTimeoutMs: 2000,
      lockTimeoutMs: 500,
      jobTimeoutMs: 60_000,
    });
  });

  const refusals = [
    { given: 'no master key', env: { DATABASE_URL: ENV.DATABASE_URL } },
    { given: 'two master keys', env: { ...ENV, EARSHOT_MASTER_KEY: 'k' } },
  ];
  for (const { given, env } of refusals) {
    it(`refuses ${given}`, () => {
      expect(() => readEnv(env, readAppVariables)).toThrow(/EARSHOT_MASTER_KEY.*exactly one/);
    });
  }
});

describe('readRedisUrl', () => {
  it('refuses an address of another protocol', () => {
    expect(() => readEnv({ REDIS_URL: 'http://localhost' }, readRedisUrl)).toThrow('REDIS_URL');
  });

  it('leaves the queues to PostgreSQL when it is not set', () => {
    expect(readEnv({}, readRedisUrl)).toBeUndefined();
  });
});
