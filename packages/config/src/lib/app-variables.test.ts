import { describe, expect, it } from 'vitest';
import { readAppVariables, readRedisUrl } from './app-variables.ts';
import { readEnv } from './read-env.ts';

const ENV = { DATABASE_URL: 'postgres://localhost/earshot', EARSHOT_MASTER_KEY_FILE: '/run/key' };

describe('readAppVariables', () => {
  it('fills in where to listen', () => {
    expect(readEnv(ENV, readAppVariables)).toEqual({
      databaseUrl: 'postgres://localhost/earshot',
      host: '127.0.0.1',
      port: 0,
      masterKey: { key: undefined, file: '/run/key' },
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
