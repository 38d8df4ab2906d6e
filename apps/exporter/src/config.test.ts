import { describe, expect, it } from 'vitest';
import { parseConfig } from './config.ts';

const ENV = { DATABASE_URL: 'postgres://localhost/earshot', EARSHOT_MASTER_KEY_FILE: '/key' };

describe('parseConfig', () => {
  it('needs the database, the master key and a place for the files', () => {
    expect(parseConfig({ ...ENV, EXPORT_DIRECTORY: '/exports' })).toMatchObject({
      host: '127.0.0.1',
      port: 0,
      hourly: false,
      store: { type: 'directory', directory: '/exports' },
      publicUrl: undefined,
    });
  });

  it('takes a bucket instead', () => {
    const s3 = {
      EXPORT_S3_BUCKET: 'b',
      EXPORT_S3_PREFIX: 'p',
      AWS_REGION: 'eu-west-1',
      EXPORT_HOURLY: 'true',
    };
    expect(parseConfig({ ...ENV, ...s3 })).toMatchObject({
      hourly: true,
      store: { type: 's3', bucket: 'b', prefix: 'p', region: 'eu-west-1', endpoint: undefined },
    });
  });

  it.each([{}, { EXPORT_DIRECTORY: '/exports', EXPORT_S3_BUCKET: 'b' }])('refuses %j', (given) => {
    expect(() => parseConfig({ ...ENV, ...given })).toThrow(/one of it and EXPORT_S3_BUCKET/);
  });

  it('reports every problem at once', () => {
    expect(() => parseConfig({ PORT: 'x', EXPORT_HOURLY: 'maybe' })).toThrow(/EXPORT_HOURLY/);
    expect(() => parseConfig({ PORT: 'x', EXPORT_HOURLY: 'maybe' })).toThrow(/DATABASE_URL[^]*PORT/);
  });
});
