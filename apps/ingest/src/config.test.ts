import { describe, expect, it } from 'vitest';
import { parseConfig } from './config.ts';

const ENV = { DATABASE_URL: 'postgres://localhost/earshot', EARSHOT_MASTER_KEY: 'k' };

describe('parseConfig', () => {
  it('fills in what is not set', () => {
    expect(parseConfig(ENV)).toMatchObject({
      redisUrl: undefined,
      region: 'us-east-1',
      kinesisEndpointUrl: undefined,
      engines: [{ engine: 'moonshine' }],
      callsMax: 64,
      decodesInFlightMax: 2,
      smallModel: 'under-pressure',
      textWaitMsMax: 2000,
      modelRewrite: 'auto',
      partialIntervalMs: 1200,
      hangoverMs: 300,
      recordings: undefined,
      redactionForced: false,
    });
  });

  it('reports every problem at once', () => {
    const parse = () =>
      parseConfig({ INGEST_CALLS_MAX: '0', INGEST_HANGOVER_MS: 'soon', KVS_ENDPOINT_URL: 'ftp://x' });
    for (const name of [
      'DATABASE_URL',
      'EARSHOT_MASTER_KEY',
      'INGEST_CALLS_MAX',
      'INGEST_HANGOVER_MS',
      'KVS_ENDPOINT_URL',
    ]) {
      expect(parse).toThrow(name);
    }
  });
});
