import { describe, expect, it } from 'vitest';
import { parseConfig } from './config.ts';

const ENV = { DATABASE_URL: 'postgres://localhost/earshot', EARSHOT_MASTER_KEY: 'k' };

describe('parseConfig', () => {
  it('needs the database and the master key only', () => {
    expect(parseConfig(ENV)).toMatchObject({
      lanesMax: 2000,
      inFlightMax: 16,
      partialsInFlightMax: 8,
      lingerMs: 15_000,
      sweepEveryMs: 2000,
    });
  });

  it('reports every problem at once', () => {
    const env = {
      PORT: '-1',
      PUBLISHER_LANES_MAX: '0',
      REDIS_URL: 'http://x',
      EARSHOT_EGRESS_ALLOW: 'everything',
    };
    const names = ['DATABASE_URL', 'EARSHOT_MASTER_KEY', ...Object.keys(env)];
    let message = '';
    try {
      parseConfig(env);
    } catch (error) {
      message = String(error);
    }
    expect(names.filter((name) => !message.includes(name))).toEqual([]);
  });
});
