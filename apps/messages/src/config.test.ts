import { describe, expect, it } from 'vitest';
import { parseConfig } from './config.ts';

describe('parseConfig', () => {
  it('needs the database and the master key only', () => {
    const config = parseConfig({
      DATABASE_URL: 'postgres://localhost/earshot',
      EARSHOT_MASTER_KEY_FILE: '/key',
    });
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 0,
      masterKey: { key: undefined, file: '/key' },
      redisUrl: undefined,
      liveConnectionsMax: 500,
      liveStallMs: 20_000,
      liveLingerMs: 300_000,
      retentionEveryMs: 600_000,
    });
  });

  it('reports every problem at once', () => {
    expect(() => parseConfig({ PORT: 'x' })).toThrow(
      /DATABASE_URL[^]*PORT[^]*EARSHOT_MASTER_KEY|EARSHOT_MASTER_KEY[^]*DATABASE_URL[^]*PORT/,
    );
  });
});
